package io.gild.ledger;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.core.Attribution;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ledger; immutable. Contains names and numbers, never a prompt or an answer.
 *
 * @param time when it happened
 * @param origin the JVM that wrote it: 1 to 40 lower-case letters and digits
 * @param number number within the origin, from 1
 * @param kind what the line is about
 * @param attribution who and what the money is spent on
 * @param requests how many requests it is about: 1, or the number that is missing if the kind is
 *     {@link Kind#LOST}
 * @param usage tokens
 * @param usd what was paid, wasted or saved, in US dollars; {@code null} if the model has no known
 *     price. Only {@link Kind#SAVING} may be below zero.
 * @param attempt number of the attempt within the outermost call, from 1; 0 if it was given up
 * @param shadow whether no caller got the answer, because it was made for a comparison only
 * @param saving what would have been paid instead; {@code null} unless the kind is {@link
 *     Kind#SAVING}
 * @param more fields of later versions, kept as they are
 */
@Experimental
public record LedgerEntry(
    Instant time,
    String origin,
    long number,
    Kind kind,
    Attribution attribution,
    long requests,
    Usage usage,
    @Nullable BigDecimal usd,
    int attempt,
    boolean shadow,
    @Nullable Saving saving,
    Map<String, Object> more) {

  /** No request has more tokens of a kind: a higher number is a fault of the one who reports it. */
  static final long MOST_TOKENS = 1_000_000_000_000L;

  private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000_000_000L);
  private static final Pattern ORIGIN = Pattern.compile("[a-z0-9]{1,40}");

  /** What a line is about. */
  public enum Kind {
    /** A request to a model that was paid for. */
    USAGE,
    /** A request that was paid for, as {@link #USAGE} says, was part of a failed attempt. */
    WASTE,
    /** A request that was not made, or went to another model than the one that was requested. */
    SAVING,
    /** Requests that could not be written. */
    LOST
  }

  /**
   * What would have been paid without Gild.
   *
   * @param source what saved it: {@code cache}, {@code shared}, {@code semantic} or {@code route}
   * @param model the model that would have answered; empty if several would have
   * @param usd what would have been paid
   */
  public record Saving(String source, String model, BigDecimal usd) {

    /** Checks the amount. */
    public Saving {
      check(usd, Kind.USAGE);
    }
  }

  /** Checks the values and copies the map. */
  public LedgerEntry {
    if (!ORIGIN.matcher(origin).matches()) {
      throw new IllegalArgumentException(
          "origin must be 1 to 40 lower-case letters and digits, but is \"" + origin + "\"");
    }
    Require.atLeast(1, number, "number");
    Require.atLeast(1, requests, "requests");
    Require.atLeast(0, attempt, "attempt");
    for (TokenKind tokens : TokenKind.values()) {
      if (usage.get(tokens) > MOST_TOKENS) {
        throw new IllegalArgumentException(
            tokens.field() + " must be <= " + MOST_TOKENS + ", but is " + usage.get(tokens));
      }
    }
    if (usd != null) {
      check(usd, kind);
    }
    more = Map.copyOf(more);
  }

  private static void check(BigDecimal usd, Kind kind) {
    if (usd.signum() < 0 && kind != Kind.SAVING) {
      throw new IllegalArgumentException("usd must not be negative, but is " + usd);
    }
    if (usd.scale() > 40 || usd.scale() < -12 || usd.abs().compareTo(MOST_USD) > 0) {
      throw new IllegalArgumentException("usd must be below a trillion, but is " + usd);
    }
  }

  /**
   * Returns the name of the line, which no other line of any JVM has.
   *
   * @return origin and number
   */
  public String id() {
    return origin + "-" + number;
  }
}
