package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.Counts;
import io.gild.core.MethodSpec;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one method, resolved once.
 *
 * <p>Everything that is merely counted is read from the method's {@link Counts} when a registry
 * asks, and costs a call nothing.
 */
final class MethodMeters {

  /** What is counted of a call of a model inside of an agent's: the rest is counted there. */
  private static final Set<MeterName> OF_AGENTS =
      EnumSet.of(MeterName.REQUESTS, MeterName.HTTP_ATTEMPTS, MeterName.HTTP_RESPONSES);

  private final MeterRegistry registry;
  private final Tags tags;
  private final Counts counts;
  private final @Nullable ModelMeters models;
  private final LongAdder nanoUsd = new LongAdder();
  private volatile @Nullable CallTimers durations;

  MethodMeters(MeterRegistry registry, MethodSpec spec, Counts counts) {
    this.registry = registry;
    this.tags = Tags.of("agent", spec.agent(), "method", spec.methodName());
    this.counts = counts;
    counted(false);
    if (spec.kind().isModel()) {
      models =
          new ModelMeters(registry, tags.and("gen_ai.operation.name", spec.kind().operationName()));
    } else {
      models = null;
      registerAgent();
    }
  }

  void record(AgentCall call) {
    if (models != null) {
      models.record(call);
    }
    CallTimers timers = durations;
    if (timers == null && call.parent() == null) {
      timers = registerAgent(); // a model that no agent asks is one itself
    }
    if (timers != null) {
      timers.record(call);
      if (call.parent() == null) {
        nanoUsd.add(call.costNanoUsd());
      }
    }
  }

  private synchronized CallTimers registerAgent() {
    CallTimers known = durations;
    if (known != null) {
      return known;
    }
    CallTimers timers = new CallTimers(registry, MeterName.DURATION, tags);
    counted(true);
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
    durations = timers;
    return timers;
  }

  private void counted(boolean ofAgents) {
    for (Map.Entry<Counts.Event, MeterName.Counted> entry : MeterName.COUNTED.entrySet()) {
      MeterName name = entry.getValue().meter();
      if (OF_AGENTS.contains(name) != ofAgents) {
        continue;
      }
      String result = entry.getValue().result();
      FunctionCounter.builder(name.meter(), counts, all -> all.get(entry.getKey()))
          .description(name.description())
          .tags(result.isEmpty() ? tags : tags.and("result", result))
          .register(registry);
    }
  }
}
