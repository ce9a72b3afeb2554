package io.gild.cli;

import io.gild.config.PriceTable;
import io.gild.ledger.CachingShare;
import io.gild.ledger.PromptAdvice;
import io.gild.ledger.PromptUse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes advice on prompts for people. */
final class CostAdvice {

  private static final int CENTS = 2;

  private CostAdvice() {}

  /** Writes what the caches of providers had; empty if no model was called. */
  static List<String> caching(List<CachingShare> shares) {
    if (shares.isEmpty()) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("agent", "model", "tokens in", "from cache", "to cache", "saved"));
    for (CachingShare each : shares) {
      BigDecimal saved = each.savedUsd();
      rows.add(
          List.of(
              CostText.shown(each.agent()),
              CostText.shown(each.model()),
              NumberText.count(each.input()),
              percent(each.cached(), each.input()),
              percent(each.written(), each.input()),
              saved == null ? "-" : CostFigures.dollars(saved)));
    }
    List<String> lines = new ArrayList<>();
    lines.add("What the caches of providers had of the prompts, and what this saved:");
    lines.addAll(Columns.of(rows));
    lines.add("");
    return lines;
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

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
