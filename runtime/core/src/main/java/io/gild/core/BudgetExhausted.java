package io.gild.core;

import java.math.BigDecimal;

/** The budget that pays for the call is spent. */
public final class BudgetExhausted extends CallRefused {

  private static final long serialVersionUID = 1L;

  private final String budget;
  private final BigDecimal limitUsd;

  /**
   * Creates the refusal.
   *
   * @param agent name of the agent
   * @param budget name of the budget
   * @param limitUsd its limit in US dollars
   */
  public BudgetExhausted(String agent, String budget, BigDecimal limitUsd) {
    this(
        agent,
        budget,
        limitUsd,
        "of " + limitUsd.toPlainString() + " USD is spent or reserved for this period");
  }

  /**
   * Creates a refusal for another reason than that the money is spent.
   *
   * @param agent name of the agent
   * @param budget name of the budget
   * @param limitUsd its limit in US dollars
   * @param reason why the call is refused, as the end of a sentence that begins with the budget
   */
  public BudgetExhausted(String agent, String budget, BigDecimal limitUsd, String reason) {
    super(agent, "Agent " + agent + ": budget " + budget + " " + reason);
    this.budget = budget;
    this.limitUsd = limitUsd;
  }

  /**
   * Returns the name of the budget.
   *
   * @return the name
   */
  public String budget() {
    return budget;
  }

  /**
   * Returns the limit.
   *
   * @return US dollars per period
   */
  public BigDecimal limitUsd() {
    return limitUsd;
  }
}
