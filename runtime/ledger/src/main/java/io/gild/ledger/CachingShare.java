package io.gild.ledger;

import io.gild.config.Experimental;
import io.gild.config.Price;
import io.gild.config.PriceTable;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.core.CostDimension;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the provider's cache had of the prompts of one agent to one model; immutable.
 *
 * @param agent name of the agent; empty if unknown
 * @param model the model
 * @param requests how many requests
 * @param input tokens of their prompts
 * @param cached those that were read from the cache
 * @param written those that were written to it
 * @param savedUsd what this saved, in US dollars at the present standard prices: reads cost less
 *     than other input, and writes may cost more; below zero if the writes cost more than the reads
 *     saved; {@code null} if the model has no known price
 */
@Experimental
public record CachingShare(
    String agent,
    String model,
    long requests,
    long input,
    long cached,
    long written,
    @Nullable BigDecimal savedUsd) {

  /**
   * Computes the shares of a report.
   *
   * @param report sums by agent and model
   * @param prices the present prices
   * @return one for each agent and model with prompts, those with most input first
   */
  public static List<CachingShare> of(LedgerReport report, PriceTable prices) {
    List<CachingShare> shares = new ArrayList<>();
    for (LedgerReport.Row row : report.rows()) {
      if (row.sums().usage().inputTokens() > 0) {
        shares.add(of(row, prices));
      }
    }
    shares.sort(Comparator.comparingLong(CachingShare::input).reversed());
    return shares;
  }

  private static CachingShare of(LedgerReport.Row row, PriceTable prices) {
    Usage usage = row.sums().usage();
    String model = row.get(CostDimension.MODEL);
    return new CachingShare(
        row.get(CostDimension.AGENT),
        model,
        row.sums().requests(),
        usage.inputTokens(),
        usage.get(TokenKind.CACHED_INPUT),
        usage.get(TokenKind.CACHE_WRITE),
        prices.find(model).map(price -> saved(usage, price)).orElse(null));
  }

  private static BigDecimal saved(Usage usage, Price price) {
    long hour = usage.get(TokenKind.CACHE_WRITE_HOUR);
    long shorter = usage.get(TokenKind.CACHE_WRITE) - hour;
    return lessThanInput(price, TokenKind.CACHED_INPUT, usage.get(TokenKind.CACHED_INPUT))
        .add(lessThanInput(price, TokenKind.CACHE_WRITE, shorter))
        .add(lessThanInput(price, TokenKind.CACHE_WRITE_HOUR, hour))
        .movePointLeft(6);
  }

  private static BigDecimal lessThanInput(Price price, TokenKind kind, long tokens) {
    return price.of(TokenKind.INPUT).subtract(price.of(kind)).multiply(BigDecimal.valueOf(tokens));
  }
}
