package io.gild.reliability;

import io.gild.config.Keys;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Control;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker that reports its transitions; thread-safe.
 *
 * <p>Resilience4j reports them too, but if there is a listener, it makes an event with a date for
 * every call.
 */
final class WatchedBreaker {

  /** The states in meters, the best one first. */
  static final List<String> STATES = List.of("closed", "half_open", "open");

  private final CircuitBreaker breaker;
  private final BiConsumer<String, State> listener;
  private volatile State known = State.CLOSED;
  private volatile long sinceMillis;

  /**
   * Creates a closed breaker.
   *
   * @param listener receives its name and each new state
   */
  WatchedBreaker(String name, CircuitBreakerConfig config, BiConsumer<String, State> listener) {
    this.breaker = CircuitBreaker.of(name, config);
    this.listener = listener;
  }

  String name() {
    return breaker.getName();
  }

  /** Returns {@code closed}, {@code open}, {@code half-open} and so on. */
  String state() {
    return Keys.kebab(breaker.getState());
  }

  /** Returns the position of a state in {@link #STATES}; that of the nearest one for others. */
  static int badness(String state) {
    return switch (state) {
      case "open", "forced-open" -> 2;
      case "half-open" -> 1;
      default -> 0;
    };
  }

  /** Changes to a state that {@link #state} returned; an open one waits its whole time anew. */
  void resume(String state) {
    if (state.equals(state())) {
      return;
    }
    switch (state) {
      case "closed" -> breaker.transitionToClosedState();
      case "open" -> breaker.transitionToOpenState();
      case "half-open" -> {
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();
      }
      default ->
          throw new IllegalArgumentException(
              "circuit breaker %s: the state must be closed, open or half-open, but is %s"
                  .formatted(name(), state));
    }
    learn();
  }

  /** Returns what a person can look at and operate. */
  Control control(MethodSpec method) {
    String state = state();
    CircuitBreaker.Metrics metrics = breaker.getMetrics();
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("since", sinceMillis == 0 ? null : sinceMillis);
    facts.put("attempts", metrics.getNumberOfBufferedCalls());
    facts.put("failures", metrics.getNumberOfFailedCalls());
    facts.put("refused", metrics.getNumberOfNotPermittedCalls());
    String counted =
        metrics.getNumberOfFailedCalls()
            + " of the last "
            + metrics.getNumberOfBufferedCalls()
            + " attempts failed";
    return new Control(
        "circuitbreaker",
        name(),
        method.agent(),
        method.methodName(),
        state,
        switch (state) {
          case "closed" -> counted;
          case "open" -> "refuses attempts: " + counted;
          case "half-open" -> "lets a few attempts through to see whether they succeed";
          default -> state;
        },
        facts,
        switch (state) {
          case "closed" -> List.of("open");
          case "open" -> List.of("close");
          default -> List.of("open", "close");
        });
  }

  /** Does what a person asks for; returns what happened. */
  String operate(String action) {
    switch (action) {
      case "open" -> resume("open");
      case "close" -> resume("closed");
      default ->
          throw new IllegalArgumentException(
              "a circuit breaker can open and close, but \"" + action + "\" was requested");
    }
    return "The circuit breaker " + name() + " is " + state() + ".";
  }

  boolean tryAcquirePermission() {
    boolean permitted = breaker.tryAcquirePermission();
    watch();
    return permitted;
  }

  void released() {
    breaker.releasePermission();
  }

  void succeeded(long nanos) {
    breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    watch();
  }

  void failed(long nanos, Throwable failure) {
    breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
    watch();
  }

  private void watch() {
    if (breaker.getState() != known) {
      State changed = learn();
      if (changed != null) {
        listener.accept(name(), changed);
      }
    }
  }

  /** Returns the new state; only one of concurrent threads gets it. */
  private synchronized @Nullable State learn() {
    State now = breaker.getState();
    if (now == known) {
      return null;
    }
    known = now;
    sinceMillis = breaker.getCircuitBreakerConfig().getClock().millis();
    return now;
  }
}
