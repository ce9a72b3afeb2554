package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Counts;
import io.gild.core.MethodSpec;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The meters of all methods that have one agent, one name and one version, such as overloads and
 * the methods of several classes under one rule: a registry takes each name with its tags once.
 * They live as long as the telemetry, longer than plans and applications.
 *
 * <p>All counters are read from the methods' {@link Counts} when a registry reads them, at no cost
 * for a call.
 */
final class MethodMeters {

  /**
   * The events that are counted for a model's call inside of an agent's call: the agent's call
   * counts the rest.
   */
  private static final Set<MeterName> OF_AGENTS =
      EnumSet.of(MeterName.REQUESTS, MeterName.HTTP_ATTEMPTS, MeterName.HTTP_RESPONSES);

  private final MeterRegistry registry;
  private final Tags tags;
  private final LongAdder nanoUsd = new LongAdder();
  private final Set<Counts> all = ConcurrentHashMap.newKeySet();
  private final Set<Counts> ofAgents = ConcurrentHashMap.newKeySet();
  private final Map<CallKind, ModelMeters> models = new ConcurrentHashMap<>();
  private volatile @Nullable CallTimers durations;

  MethodMeters(MeterRegistry registry, String agent, String method, String version) {
    this.registry = registry;
    this.tags = Tags.of("agent", agent, "method", method, "version", version);
    counted(false);
  }

  /** Adds a method, once. */
  MethodMeters with(MethodSpec spec, Counts counts) {
    all.add(counts);
    if (!spec.kind().isModel()) {
      registerAgent(counts);
    }
    return this;
  }

  void record(AgentCall call) {
    CallKind kind = call.method().spec().kind();
    if (kind.isModel()) {
      models(kind).record(call);
      if (call.parent() != null) {
        return;
      }
    }
    CallTimers timers = durations;
    if (timers == null || kind.isModel()) {
      timers =
          registerAgent(
              call.method()
                  .counts()); // a model's call outside of any agent is metered like an agent
    }
    timers.record(call);
    if (call.parent() == null) {
      nanoUsd.add(call.facts().costNanoUsd());
    }
  }

  private ModelMeters models(CallKind kind) {
    ModelMeters known = models.get(kind);
    return known != null
        ? known
        : models.computeIfAbsent(
            kind,
            absent ->
                new ModelMeters(
                    registry, tags.and("gen_ai.operation.name", absent.operationName())));
  }

  private CallTimers registerAgent(Counts counts) {
    ofAgents.add(counts);
    CallTimers known = durations;
    return known == null ? registerAgent() : known;
  }

  private synchronized CallTimers registerAgent() {
    CallTimers known = durations;
    if (known != null) {
      return known;
    }
    CallTimers timers = new CallTimers(registry, MeterName.DURATION, tags);
    counted(true);
    FunctionCounter.builder(MeterName.COST.meter(), this, meters -> meters.nanoUsd.sum() / 1e9)
        .description(MeterName.COST.description())
        .baseUnit("usd")
        .tags(tags)
        .register(registry);
    Gauge.builder(MeterName.ACTIVE.meter(), this, MethodMeters::active)
        .description(MeterName.ACTIVE.description())
        .baseUnit("requests")
        .tags(tags)
        .register(registry);
    durations = timers;
    return timers;
  }

  private long active() {
    return ofAgents.stream().mapToLong(Counts::active).sum();
  }

  private static long sum(Set<Counts> counted, Counts.Event event) {
    return counted.stream().mapToLong(counts -> counts.get(event)).sum();
  }

  private void counted(boolean agents) {
    for (Map.Entry<Counts.Event, MeterName.Counted> entry : MeterName.COUNTED.entrySet()) {
      MeterName name = entry.getValue().meter();
      if (OF_AGENTS.contains(name) != agents) {
        continue;
      }
      String result = entry.getValue().result();
      FunctionCounter.builder(
              name.meter(),
              this,
              meters -> sum(agents ? meters.ofAgents : meters.all, entry.getKey()))
          .description(name.description())
          .tags(result.isEmpty() ? tags : tags.and("result", result))
          .register(registry);
    }
  }
}
