package io.gild.ledger;

import io.gild.config.Experimental;
import io.gild.config.Price;
import io.gild.config.PriceTable;
import io.gild.config.TokenKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A way to spend less on prompts, with what it would have saved so far.
 *
 * @param agent name of the agent
 * @param method its method
 * @param model the model
 * @param usd what it would have saved, in US dollars, at the present prices
 * @param text what was found and what to do
 */
@Experimental
public record PromptAdvice(String agent, String method, String model, BigDecimal usd, String text) {

  private static final long FEWEST_REQUESTS = 20;

  /** Providers cache prompts of about this length or more. */
  private static final long CACHEABLE = 1_024;

  private static final double CONSIDERABLE = 0.1;
  private static final int PERCENT = 100;

  /**
   * Makes advice from what prompts consist of.
   *
   * @param uses what they consist of
   * @param prices the present prices
   * @return advice, what would have saved most first; none for fewer than 20 requests, or a model
   *     without a price
   */
  public static List<PromptAdvice> of(List<PromptUse> uses, PriceTable prices) {
    List<PromptAdvice> all = new ArrayList<>();
    for (PromptUse use : uses) {
      Optional<Price> price = prices.find(use.model());
      if (price.isPresent() && use.requests() >= FEWEST_REQUESTS && use.input() > 0) {
        caching(use, price.get(), all);
        repeated(use, price.get(), all);
        large(use, price.get(), all);
      }
    }
    all.sort(Comparator.comparing(PromptAdvice::usd).reversed());
    return all;
  }

  private static void caching(PromptUse use, Price price, List<PromptAdvice> all) {
    BigDecimal difference = price.of(TokenKind.INPUT).subtract(price.of(TokenKind.CACHED_INPUT));
    long average = use.shared() / use.requests();
    long missed = use.shared() - use.cached();
    if (difference.signum() <= 0 || average < CACHEABLE || missed < CONSIDERABLE * use.input()) {
      return;
    }
    boolean behind = use.prefix() < use.shared() - CONSIDERABLE * use.input();
    String remedy =
        behind
            ? "Only %s begins the same, because something that changes stands before it: put dates, names and questions behind it, and keep the order of tools."
                .formatted(percent(use.prefix(), use.input()))
            : "Its order is stable: set the policy prompt-cache, which marks it at Anthropic, or use cached content at Google; OpenAI caches it by itself if requests come within minutes.";
    all.add(
        advice(
            use,
            difference,
            missed,
            "%s of the prompt tokens repeat those of the request before, and %s were read from the provider's cache. %s"
                .formatted(
                    percent(use.shared(), use.input()),
                    percent(use.cached(), use.input()),
                    remedy)));
  }

  private static void repeated(PromptUse use, Price price, List<PromptAdvice> all) {
    if (use.repeated() >= CONSIDERABLE * use.input()) {
      all.add(
          advice(
              use,
              price.of(TokenKind.INPUT),
              use.repeated(),
              "%s of the prompt tokens are in lines that the same request has twice or more: remove duplicates from the context."
                  .formatted(percent(use.repeated(), use.input()))));
    }
  }

  private static void large(PromptUse use, Price price, List<PromptAdvice> all) {
    if (use.large() >= CONSIDERABLE * use.input()) {
      all.add(
          advice(
              use,
              price.of(TokenKind.INPUT),
              use.large(),
              "%s of the prompt tokens are what results of tools have beyond about 2,000 tokens each: let the tool return less, or summarize it."
                  .formatted(percent(use.large(), use.input()))));
    }
  }

  private static PromptAdvice advice(
      PromptUse use, BigDecimal usdPerMillion, long tokens, String text) {
    return new PromptAdvice(
        use.agent(),
        use.method(),
        use.model(),
        usdPerMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6),
        text);
  }

  private static String percent(long part, long whole) {
    return BigDecimal.valueOf(PERCENT * part)
            .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
            .toPlainString()
        + " %";
  }
}
