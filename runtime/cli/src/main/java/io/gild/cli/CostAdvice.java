package io.gild.cli;

import io.gild.config.PriceTable;
import io.gild.ledger.PromptAdvice;
import io.gild.ledger.PromptUse;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Writes advice on prompts for people. */
final class CostAdvice {

  private static final int CENTS = 2;

  private CostAdvice() {}

  static List<String> of(List<PromptUse> uses, PriceTable prices) {
    if (uses.isEmpty()) {
      return List.of(
          "No content of prompts was seen: ledger.enabled and ledger.prompts must be true, and the"
              + " javaagent must know the model's library.");
    }
    long requests = uses.stream().mapToLong(PromptUse::requests).sum();
    List<PromptAdvice> advice = PromptAdvice.of(uses, prices);
    List<String> lines = new ArrayList<>();
    lines.add(
        advice.isEmpty()
            ? "Nothing to advise on the prompts of %,d requests.".formatted(requests)
            : "What prompts could have cost less, by %,d requests:".formatted(requests));
    for (PromptAdvice each : advice) {
      lines.add("");
      lines.add(
          "%s USD  %s (%s), %s"
              .formatted(
                  each.usd().setScale(CENTS, RoundingMode.HALF_UP).toPlainString(),
                  each.agent(),
                  each.method(),
                  each.model()));
      lines.add("  " + each.text());
    }
    return lines;
  }
}
