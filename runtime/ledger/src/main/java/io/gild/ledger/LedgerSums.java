package io.gild.ledger;

import io.gild.config.Experimental;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * Exact sums of entries; immutable.
 *
 * @param requests requests to models that were paid for, or have no known price
 * @param usage their tokens; at most {@link Long#MAX_VALUE} of a kind
 * @param usd what they cost, in US dollars
 * @param unpriced how many of them have no known price; then {@code usd} is a lower bound
 * @param wasted how many of them were part of a failed attempt
 * @param wastedUsd what these cost
 * @param shadowUsd what requests cost whose answers were only compared
 * @param savings what was saved, by source
 * @param lost how many further requests could not be written; their cost is unknown
 */
@Experimental
public record LedgerSums(
    long requests,
    Usage usage,
    BigDecimal usd,
    long unpriced,
    long wasted,
    BigDecimal wastedUsd,
    BigDecimal shadowUsd,
    Map<String, Saved> savings,
    long lost) {

  /** Sums of nothing. */
  public static final LedgerSums NONE =
      new LedgerSums(
          0, Usage.NONE, BigDecimal.ZERO, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO, Map.of(), 0);

  /**
   * What one source saved.
   *
   * @param requests how often
   * @param insteadUsd what would have been paid without it
   * @param usd what was saved; below zero if it cost more than it saved
   */
  public record Saved(long requests, BigDecimal insteadUsd, BigDecimal usd) {

    private Saved plus(Saved other) {
      return new Saved(
          requests + other.requests, insteadUsd.add(other.insteadUsd), usd.add(other.usd));
    }
  }

  /** Copies the map. */
  public LedgerSums {
    savings = Map.copyOf(savings);
  }

  /**
   * Returns what all sources saved.
   *
   * @return US dollars; below zero if they cost more than they saved
   */
  public BigDecimal savedUsd() {
    return savings.values().stream().map(Saved::usd).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * Adds two sums.
   *
   * @param other the other one
   * @return the sums of the entries of both
   */
  public LedgerSums plus(LedgerSums other) {
    Map<String, Saved> all = new TreeMap<>(savings);
    other.savings.forEach((source, saved) -> all.merge(source, saved, Saved::plus));
    return new LedgerSums(
        requests + other.requests,
        sum(usage, other.usage),
        usd.add(other.usd),
        unpriced + other.unpriced,
        wasted + other.wasted,
        wastedUsd.add(other.wastedUsd),
        shadowUsd.add(other.shadowUsd),
        all,
        lost + other.lost);
  }

  private static Usage sum(Usage one, Usage other) {
    return Usage.of(kind -> {
      long sum = one.get(kind) + other.get(kind);
      return sum < 0 ? Long.MAX_VALUE : sum;
    });
  }

  /**
   * Returns the sums of one entry.
   *
   * @param entry the entry
   * @return the sums, for {@link #plus}
   */
  public static LedgerSums of(LedgerEntry entry) {
    Adding adding = new Adding();
    adding.add(entry);
    return adding.sums();
  }

  /** Sums under way; for one thread. */
  static final class Adding {

    private static final TokenKind[] KINDS = TokenKind.values();

    private final long[] tokens = new long[KINDS.length];
    private long requests;
    private BigDecimal usd = BigDecimal.ZERO;
    private long unpriced;
    private long wasted;
    private BigDecimal wastedUsd = BigDecimal.ZERO;
    private BigDecimal shadowUsd = BigDecimal.ZERO;
    private final Map<String, Saved> savings = new TreeMap<>();
    private long lost;

    void add(LedgerEntry entry) {
      switch (entry.kind()) {
        case USAGE -> addUsage(entry);
        case WASTE -> {
          wasted += entry.requests();
          wastedUsd = wastedUsd.add(amount(entry));
        }
        case SAVING -> addSaving(entry);
        case LOST -> lost += entry.requests();
      }
    }

    private void addUsage(LedgerEntry entry) {
      requests += entry.requests();
      for (TokenKind kind : KINDS) {
        long sum = tokens[kind.ordinal()] + entry.usage().get(kind);
        tokens[kind.ordinal()] = sum < 0 ? Long.MAX_VALUE : sum;
      }
      if (entry.usd() == null) {
        unpriced += entry.requests();
        return;
      }
      usd = usd.add(amount(entry));
      if (entry.shadow()) {
        shadowUsd = shadowUsd.add(amount(entry));
      }
    }

    private void addSaving(LedgerEntry entry) {
      LedgerEntry.Saving saving = entry.saving();
      if (saving != null) {
        Saved one = new Saved(entry.requests(), saving.usd(), amount(entry));
        savings.merge(saving.source(), one, Saved::plus);
      }
    }

    private static BigDecimal amount(LedgerEntry entry) {
      BigDecimal amount = entry.usd();
      return amount == null ? BigDecimal.ZERO : amount;
    }

    LedgerSums sums() {
      return new LedgerSums(
          requests,
          Usage.ofArray(tokens),
          usd,
          unpriced,
          wasted,
          wastedUsd,
          shadowUsd,
          savings,
          lost);
    }
  }
}
