package io.gild.core;

import io.gild.config.Experimental;
import java.util.concurrent.atomic.LongAdder;

/** Counts the events in the calls of one method; thread-safe, never reset. */
@Experimental
public final class Counts {

  /** What is counted. */
  public enum Event {
    /** A call began. */
    STARTED,
    /** A call of a model began outside of any agent's call. */
    OUTERMOST_MODEL,
    /** A call returned a result. */
    SUCCEEDED,
    /** A call failed. */
    FAILED,
    /** The caller cancelled a call. */
    CANCELLED,
    /** A policy refused a call. */
    REFUSED,
    /** The method itself ran. */
    ATTEMPT,
    /** An attempt followed a failed one. */
    RETRY,
    /** The cache had the answer. */
    CACHE_HIT,
    /** The cache did not have the answer. */
    CACHE_MISS,
    /** A concurrent call with the same question shared its answer. */
    CACHE_SHARED,
    /** The circuit breaker opened. */
    BREAKER_OPENED,
    /** The circuit breaker closed again. */
    BREAKER_CLOSED,
    /** The open circuit breaker refused an attempt. */
    BREAKER_REFUSED,
    /** The bulkhead was full. */
    BULKHEAD_REFUSED,
    /** The rate limit was used up. */
    RATE_REFUSED,
    /** The budget was spent. */
    BUDGET_REFUSED,
    /** An attempt exceeded its time limit. */
    TIMED_OUT,
    /** The call went on with the next model. */
    FAILED_OVER,
    /** The answer was rejected, and the call went on with the next tier. */
    ESCALATED,
    /** The fallback answered. */
    FELL_BACK,
    /** The result of a side effect was replayed. */
    REPLAYED,
    /** A physical request left the process. */
    HTTP_ATTEMPT,
    /** A physical request succeeded. */
    HTTP_2XX,
    /** A physical request was redirected. */
    HTTP_3XX,
    /** A physical request was rejected as wrong. */
    HTTP_4XX,
    /** A physical request got a server error. */
    HTTP_5XX,
    /** A physical request got no answer. */
    HTTP_ERROR
  }

  private final LongAdder[] adders = new LongAdder[Event.values().length];

  /** Calls that succeeded at once: nearly all, so that they are counted in one step. */
  private final LongAdder smooth = new LongAdder();

  Counts() {
    for (int i = 0; i < adders.length; i++) {
      adders[i] = new LongAdder();
    }
  }

  /**
   * Counts one event.
   *
   * @param event what happened
   */
  public void add(Event event) {
    adders[event.ordinal()].increment();
  }

  /** Counts a call that succeeded with its first attempt, and that attempt. */
  void addSmooth() {
    smooth.increment();
  }

  /**
   * Returns how often an event happened.
   *
   * @param event the event
   * @return zero or more; exact after the calls are over
   */
  public long get(Event event) {
    long counted = adders[event.ordinal()].sum();
    return event == Event.SUCCEEDED || event == Event.ATTEMPT ? counted + smooth.sum() : counted;
  }

  /**
   * Returns how many calls are running.
   *
   * @return zero or more
   */
  public long active() {
    long over =
        get(Event.SUCCEEDED) + get(Event.FAILED) + get(Event.REFUSED) + get(Event.CANCELLED);
    return Math.max(0, get(Event.STARTED) - over);
  }
}
