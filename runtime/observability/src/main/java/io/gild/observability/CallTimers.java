package io.gild.observability;

import io.gild.core.AgentCall;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The duration of calls whose method ran, by outcome. */
final class CallTimers {

  /** Ten buckets for calls that take from milliseconds to a minute. */
  static final Duration[] BUCKETS = {
    Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100), Duration.ofMillis(250),
    Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2_500), Duration.ofSeconds(5),
    Duration.ofSeconds(15), Duration.ofSeconds(60)
  };

  private final Timer succeeded;
  private final Timer failed;

  CallTimers(MeterRegistry registry, MeterName name, Tags tags) {
    this.succeeded = timer(registry, name, tags.and("outcome", "success"));
    this.failed = timer(registry, name, tags.and("outcome", "failure"));
  }

  private static Timer timer(MeterRegistry registry, MeterName name, Tags tags) {
    return Timer.builder(name.meter())
        .description(name.description())
        .tags(tags)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  void record(AgentCall call) {
    if (call.attempts() > 0) {
      long nanos = call.attemptEndNanos() - call.startNanos();
      (call.failure() == null ? succeeded : failed).record(nanos, TimeUnit.NANOSECONDS);
    }
  }
}
