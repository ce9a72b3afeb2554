package io.gild.config;

import java.util.Locale;

/** The kinds of policy, in the order in which a call passes them. */
public enum PolicyKind {
  /** Spans, meters, log lines. */
  OBSERVE,
  /** Answers from memory. */
  CACHE,
  /** The choice of a model tier. */
  ROUTE,
  /** Tokens, money and budgets. */
  COST,
  /** Calls started per period. */
  RATE_LIMIT,
  /** Calls running at once. */
  BULKHEAD,
  /** Repeated attempts. */
  RETRY,
  /** Refusal of what keeps failing. */
  CIRCUIT_BREAKER,
  /** Time per attempt. */
  TIME_LIMIT,
  /** Another answer when all failed. */
  FALLBACK;

  private final String key = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /**
   * Returns the name in configuration files.
   *
   * @return the kebab-case key, such as {@code circuit-breaker}
   */
  public String key() {
    return key;
  }

  /**
   * Returns this kind's bit in a set of kinds.
   *
   * @return one bit
   */
  public int bit() {
    return 1 << ordinal();
  }
}
