package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.Counts;
import io.gild.core.MethodSpec;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one method, resolved once.
 *
 * <p>Everything that is merely counted is read from the method's {@link Counts} when a registry
 * asks, and costs a call nothing.
 */
final class MethodMeters {

  private final @Nullable CallTimers durations;
  private final @Nullable ModelMeters models;
  private final LongAdder nanoUsd = new LongAdder();

  MethodMeters(MeterRegistry registry, MethodSpec spec, Counts counts) {
    Tags tags = Tags.of("agent", spec.agent(), "method", spec.methodName());
    if (spec.kind().isModel()) {
      durations = null;
      models =
          new ModelMeters(registry, tags.and("gen_ai.operation.name", spec.kind().operationName()));
      return;
    }
    durations = new CallTimers(registry, MeterName.DURATION, tags);
    models = null;
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

  void record(AgentCall call) {
    if (models != null) {
      models.record(call);
    }
    if (durations != null) {
      durations.record(call);
      if (call.parent() == null) {
        nanoUsd.add(call.costNanoUsd());
      }
    }
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
