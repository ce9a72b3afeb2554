/** Retry, circuit breaker, time limit, bulkhead, rate limit and fallback. */
module io.gild.reliability {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;
  requires io.github.resilience4j.circuitbreaker;
  requires io.github.resilience4j.core;
  requires io.github.resilience4j.ratelimiter;
  requires io.github.resilience4j.retry;

  exports io.gild.reliability;

  uses io.gild.core.spi.SharedPermits;

  provides io.gild.config.spi.SettingsModule with
      io.gild.reliability.ReliabilityModule;
}
