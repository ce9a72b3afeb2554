package io.gild.cost;

import io.gild.config.Experimental;
import io.gild.core.MethodSpec;
import io.gild.core.spi.DecisionEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A part of a budget is spent; published once for each account, window and share.
 *
 * @param method the method whose call was charged last
 * @param budget name of the budget
 * @param holder who has the money; empty if all callers share it
 * @param percent the share of the limit that was reached, from 1 to 100
 * @param spentUsd what is spent, in US dollars
 * @param limitUsd the limit, in US dollars
 * @param until when the window ends
 */
@Experimental
public record BudgetAlert(
    MethodSpec method,
    String budget,
    String holder,
    int percent,
    BigDecimal spentUsd,
    BigDecimal limitUsd,
    Instant until)
    implements DecisionEvent {

  @Override
  public String code() {
    return "budget_alert";
  }

  @Override
  public Map<String, ?> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("budget", budget);
    if (!holder.isEmpty()) {
      facts.put("holder", holder);
    }
    facts.put("percent", percent);
    facts.put("spentUsd", spentUsd);
    facts.put("limitUsd", limitUsd);
    facts.put("until", until.toString());
    return facts;
  }
}
