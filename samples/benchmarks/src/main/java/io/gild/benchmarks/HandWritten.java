package io.gild.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The same policies by hand, in two careful styles. */
final class HandWritten {

  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("gen_ai.operation.name");
  private static final AttributeKey<String> AGENT = AttributeKey.stringKey("gen_ai.agent.name");
  private static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("gild.attempts");

  /** The buckets of Gild's own timers. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100), Duration.ofMillis(250),
    Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2_500), Duration.ofSeconds(5),
    Duration.ofSeconds(15), Duration.ofSeconds(60)
  };

  private final EchoAgent agent = new EchoAgent();
  private final Cache<String, String> cache;
  private final Retry retry =
      Retry.of(
          "support",
          RetryConfig.custom().maxAttempts(3).waitDuration(Duration.ofMillis(10)).build());
  private final CircuitBreaker breaker =
      CircuitBreaker.of(
          "support",
          CircuitBreakerConfig.custom()
              .slidingWindowSize(100)
              .minimumNumberOfCalls(100)
              .waitDurationInOpenState(Duration.ofHours(1))
              .build());
  private final Bulkhead bulkhead =
      Bulkhead.of("support", BulkheadConfig.custom().maxConcurrentCalls(64).build());
  private final Timer timer;
  private final Counter requests;
  private final Counter hits;
  private final Tracer tracer;

  /**
   * Makes all of it.
   *
   * @param buckets whether the timer has the buckets that Gild's has
   */
  HandWritten(boolean buckets, int cacheSize) {
    this(buckets, cacheSize, OpenTelemetry.noop());
  }

  /**
   * Makes all of it.
   *
   * @param buckets whether the timer has the buckets that Gild's has
   * @param telemetry makes the spans
   */
  HandWritten(boolean buckets, int cacheSize, OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("support");
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Timer.Builder builder = Timer.builder("agent.duration").tag("agent", "support");
    this.timer = (buckets ? builder.serviceLevelObjectives(BUCKETS) : builder).register(registry);
    this.requests = Counter.builder("agent.requests").tag("agent", "support").register(registry);
    this.hits = Counter.builder("agent.cache.hits").tag("agent", "support").register(registry);
    this.cache =
        Caffeine.newBuilder().maximumSize(cacheSize).expireAfterWrite(Duration.ofHours(1)).build();
  }

  void breakDown() {
    agent.breakDown();
  }

  String plain(String question) {
    return agent.answer(question);
  }

  /** Cache in front of the library style. */
  String cached(String question) {
    String known = cache.getIfPresent(question);
    if (known != null) {
      hits.increment();
      return known;
    }
    String answer = libraryStyle(question);
    cache.put(question, answer);
    return answer;
  }

  /** Decorators, as the documentation of the libraries shows them. */
  String libraryStyle(String question) {
    long start = System.nanoTime();
    Span span = span();
    Scope scope = span.makeCurrent();
    try {
      return decorated(question);
    } finally {
      scope.close();
      span.end();
      timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
      requests.increment();
    }
  }

  private String decorated(String question) {
    return Retry.decorateSupplier(
            retry,
            CircuitBreaker.decorateSupplier(
                breaker, Bulkhead.decorateSupplier(bulkhead, () -> agent.answer(question))))
        .get();
  }

  /** The libraries' low-level calls in one method, with one shared pair of clock reads. */
  String straightLine(String question) {
    long start = System.nanoTime();
    Span span = span();
    Scope scope = span.makeCurrent();
    try {
      for (int attempt = 1; ; attempt++) {
        breaker.acquirePermission();
        bulkhead.acquirePermission();
        try {
          String answer = agent.answer(question);
          long nanos = System.nanoTime() - start;
          breaker.onResult(nanos, TimeUnit.NANOSECONDS, answer);
          timer.record(nanos, TimeUnit.NANOSECONDS);
          requests.increment();
          return answer;
        } catch (RuntimeException failure) {
          breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, failure);
          if (attempt >= 3) {
            throw failure;
          }
        } finally {
          bulkhead.onComplete();
        }
      }
    } finally {
      scope.close();
      span.end();
    }
  }

  /** Timer and counter, nothing else. */
  String metered(String question) {
    long start = System.nanoTime();
    try {
      return agent.answer(question);
    } finally {
      timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
      requests.increment();
    }
  }

  /** Span, timer and counter, nothing else. */
  String traced(String question) {
    Span span = span();
    Scope scope = span.makeCurrent();
    try {
      return metered(question);
    } finally {
      scope.close();
      span.setAttribute(ATTEMPTS, 1L);
      span.end();
    }
  }

  /** The breaker, nothing else. */
  String guarded(String question) {
    return breaker.executeSupplier(() -> agent.answer(question));
  }

  private Span span() {
    return tracer
        .spanBuilder("invoke_agent support")
        .setAttribute(OPERATION, "invoke_agent")
        .setAttribute(AGENT, "support")
        .startSpan();
  }
}
