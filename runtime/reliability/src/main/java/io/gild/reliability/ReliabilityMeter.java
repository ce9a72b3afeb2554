package io.gild.reliability;

import io.gild.config.Experimental;
import io.gild.core.Counts.Event;
import io.gild.core.spi.MeterSpec;
import java.util.Arrays;
import java.util.List;

/** The meters of circuit breaker, retry, time limit, bulkhead, rate limit and fallback. */
@Experimental
public enum ReliabilityMeter {
  /** Repeated attempts. */
  RETRIES(
      MeterSpec.counter("gild.retry.attempts", "Attempts that followed a failed one")
          .ofMethods()
          .counting(Event.RETRY)),
  /** Calls with a failed attempt, by the outcome of their retries. */
  RETRIED(
      MeterSpec.counter(
              "gild.retry.calls", "Calls with a failed attempt, by what their retries achieved")
          .ofMethods("outcome")),
  /** Transitions and refusals of circuit breakers. */
  BREAKER(
      MeterSpec.counter(
              "gild.circuitbreaker.events", "Transitions and refusals of circuit breakers")
          .ofMethods()
          .counting(Event.BREAKER_OPENED, "opened")
          .counting(Event.BREAKER_CLOSED, "closed")
          .counting(Event.BREAKER_REFUSED, "refused")),
  /** The state of a circuit breaker: 1 for the present one. */
  BREAKER_STATE(
      MeterSpec.gauge(
              "gild.circuitbreaker.state",
              "1 for the present state of a circuit breaker, the worst of a method's models")
          .highest()
          .ofMethods("state")),
  /** Calls refused by the bulkhead. */
  BULKHEAD(
      MeterSpec.counter("gild.bulkhead.refused", "Calls refused because too many were running")
          .ofMethods()
          .counting(Event.BULKHEAD_REFUSED)),
  /** Calls in the bulkhead. */
  BULKHEAD_ACTIVE(
      MeterSpec.gauge("gild.bulkhead.active", "Calls of this JVM that the bulkhead has let in")
          .ofMethods()),
  /** The most calls in the bulkhead. */
  BULKHEAD_LIMIT(
      MeterSpec.gauge("gild.bulkhead.limit", "Calls that the bulkhead lets in at once")
          .ofMethods()),
  /** Calls refused by the rate limit. */
  RATE_LIMIT(
      MeterSpec.counter("gild.ratelimiter.refused", "Calls refused because the period was used up")
          .ofMethods()
          .counting(Event.RATE_REFUSED)),
  /** Calls that may still start. */
  RATE_PERMITS(
      MeterSpec.gauge(
              "gild.ratelimiter.permits",
              "Calls that may still start in the present period; below zero while calls wait")
          .ofMethods()),
  /** Attempts given up. */
  TIMEOUTS(
      MeterSpec.counter("gild.timelimiter.exceeded", "Attempts that exceeded their time limit")
          .ofMethods()
          .counting(Event.TIMED_OUT)),
  /** Calls answered by the fallback. */
  FALLBACKS(
      MeterSpec.counter("gild.fallback.answers", "Calls answered by the fallback")
          .ofMethods()
          .counting(Event.FELL_BACK));

  private final MeterSpec spec;

  ReliabilityMeter(MeterSpec spec) {
    this.spec = spec;
  }

  /**
   * Returns the declaration.
   *
   * @return the meter
   */
  public MeterSpec spec() {
    return spec;
  }

  static List<MeterSpec> specs() {
    return Arrays.stream(values()).map(ReliabilityMeter::spec).toList();
  }
}
