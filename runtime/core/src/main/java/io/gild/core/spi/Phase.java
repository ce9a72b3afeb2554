package io.gild.core.spi;

import io.gild.config.Experimental;

/**
 * A place in the order in which a call passes the stages, outermost first.
 *
 * <p>A stage that requests another attempt repeats only the stages inside it. A stage without its
 * own place among those below is put {@linkplain #inside inside} one of them.
 *
 * @param place smaller means further outside
 * @param name name for messages
 */
@Experimental
public record Phase(int place, String name) implements Comparable<Phase> {

  /** Spans, meters, log lines: sees everything, refusals and fallbacks included. */
  public static final Phase OBSERVE = new Phase(100, "observe");

  /** Answers when everything inside failed; its answer is never cached. */
  public static final Phase FALLBACK = new Phase(200, "fallback");

  /** Replays the result of a side effect that an earlier attempt already had. */
  public static final Phase EFFECT = new Phase(300, "effect");

  /** Answers from memory. */
  public static final Phase CACHE = new Phase(400, "cache");

  /** Chooses the model, and the next one when the chosen one fails. */
  public static final Phase ROUTE = new Phase(500, "route");

  /** Reserves and settles money. */
  public static final Phase COST = new Phase(600, "cost");

  /** Limits calls per period. */
  public static final Phase RATE_LIMIT = new Phase(700, "rate limit");

  /** Limits concurrent calls. */
  public static final Phase BULKHEAD = new Phase(800, "bulkhead");

  /** Repeats attempts. */
  public static final Phase RETRY = new Phase(900, "retry");

  /** Refuses attempts while the agent keeps failing. */
  public static final Phase CIRCUIT_BREAKER = new Phase(1000, "circuit breaker");

  /** Limits the time of one attempt. */
  public static final Phase TIME_LIMIT = new Phase(1100, "time limit");

  /**
   * Returns the place right inside another one.
   *
   * @param outer the place around it
   * @param name name for messages
   * @return the place; of two stages at the same place, either may be outside
   */
  public static Phase inside(Phase outer, String name) {
    return new Phase(outer.place + 1, name);
  }

  @Override
  public int compareTo(Phase other) {
    return Integer.compare(place, other.place);
  }

  @Override
  public String toString() {
    return name;
  }
}
