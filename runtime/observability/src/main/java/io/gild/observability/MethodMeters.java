package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.Counts;
import io.gild.core.MethodSpec;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one method, resolved once.
 *
 * <p>Everything that is merely counted is read from the method's {@link Counts} when a registry
 * asks, and costs a call nothing.
 */
final class MethodMeters {

  /** Ten buckets for calls that take from milliseconds to a minute. */
  static final Duration[] BUCKETS = {
    Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100), Duration.ofMillis(250),
    Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2_500), Duration.ofSeconds(5),
    Duration.ofSeconds(15), Duration.ofSeconds(60)
  };

  private final Timer succeeded;
  private final Timer failed;
  private final LongAdder nanoUsd = new LongAdder();
  private final @Nullable ModelMeters models;

  MethodMeters(MeterRegistry registry, MethodSpec spec, Counts counts) {
    Tags tags = Tags.of("agent", spec.agent(), "method", spec.methodName());
    boolean model = spec.kind().isModel();
    MeterName duration = model ? MeterName.CLIENT_DURATION : MeterName.DURATION;
    if (model) {
      tags = tags.and("gen_ai.operation.name", spec.kind().operationName());
    }
    this.succeeded = timer(registry, duration, tags.and("outcome", "success"));
    this.failed = timer(registry, duration, tags.and("outcome", "failure"));
    this.models = model ? new ModelMeters(registry, tags) : null;
    if (!model) {
      counted(registry, tags, counts);
      FunctionCounter.builder(MeterName.COST.meter(), nanoUsd, sum -> sum.sum() / 1e9)
          .description(MeterName.COST.description())
          .baseUnit("usd")
          .tags(tags)
          .register(registry);
      Gauge.builder(MeterName.ACTIVE.meter(), counts, Counts::active)
          .description(MeterName.ACTIVE.description())
          .baseUnit("requests")
          .tags(tags)
          .register(registry);
    }
  }

  void record(AgentCall call) {
    if (call.attempts() > 0) {
      long nanos = call.attemptEndNanos() - call.startNanos();
      (call.failure() == null ? succeeded : failed).record(nanos, TimeUnit.NANOSECONDS);
    }
    if (models != null) {
      models.record(call);
    } else if (call.parent() == null) {
      nanoUsd.add(call.costNanoUsd());
    }
  }

  private static Timer timer(MeterRegistry registry, MeterName name, Tags tags) {
    return Timer.builder(name.meter())
        .description(name.description())
        .tags(tags)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private static void counted(MeterRegistry registry, Tags tags, Counts counts) {
    for (Map.Entry<Counts.Event, MeterName.Counted> entry : MeterName.COUNTED.entrySet()) {
      MeterName name = entry.getValue().meter();
      String result = entry.getValue().result();
      FunctionCounter.builder(name.meter(), counts, all -> all.get(entry.getKey()))
          .description(name.description())
          .tags(result.isEmpty() ? tags : tags.and("result", result))
          .register(registry);
    }
  }
}
