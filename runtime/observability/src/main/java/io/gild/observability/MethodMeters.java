package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.CallFacts;
import io.gild.core.CallKind;
import io.gild.core.CallRefused;
import io.gild.core.Counts;
import io.gild.core.MethodSpec;
import io.gild.core.spi.MeterSpec;
import io.micrometer.core.instrument.DistributionSummary;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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
  private static final Set<ObservabilityMeter> OF_AGENTS =
      EnumSet.of(
          ObservabilityMeter.REQUESTS,
          ObservabilityMeter.HTTP_ATTEMPTS,
          ObservabilityMeter.HTTP_RESPONSES);

  private final MicrometerMeters meters;
  private final SemanticConventions conventions;
  private final List<String> values;
  private final LongAdder nanoUsd = new LongAdder();
  private final Set<Counts> all = ConcurrentHashMap.newKeySet();
  private final Set<Counts> ofAgents = ConcurrentHashMap.newKeySet();
  private final Map<CallKind, ModelMeters> models = new ConcurrentHashMap<>();
  private final Map<CallKind, CallTimers> kinds = new ConcurrentHashMap<>();
  private final MethodCosts costs;
  private volatile @Nullable CallTimers durations;
  private volatile @Nullable Invocations invocations;

  /** The sizes of the calls of an agent. */
  private record Invocations(
      CallTimers durations, DistributionSummary inferences, DistributionSummary tools) {

    void record(AgentCall call) {
      CallFacts facts = call.facts();
      int inferenceCalls = facts.inferenceCalls();
      int toolRuns = facts.toolRuns();
      boolean used = inferenceCalls > 0 || toolRuns > 0;
      if (call.attempts() > 0 && (used || call.failure() != null)) {
        durations.record(call);
        inferences.record(inferenceCalls);
        tools.record(toolRuns);
      }
    }
  }

  /**
   * Creates the meters.
   *
   * @param values agent, method and version
   * @param declared the meters of all modules, of which those are made that are counted by method
   */
  MethodMeters(
      MicrometerMeters meters,
      SemanticConventions conventions,
      List<String> values,
      List<MeterSpec> declared) {
    this.meters = meters;
    this.conventions = conventions;
    this.values = values;
    this.costs = new MethodCosts(meters, values);
    counted(false);
    Set<String> own = names();
    for (MeterSpec spec : declared) {
      if (!own.contains(spec.name())) {
        counted(spec, all);
      }
    }
  }

  private static Set<String> names() {
    Set<String> names = ConcurrentHashMap.newKeySet();
    for (ObservabilityMeter meter : ObservabilityMeter.values()) {
      names.add(meter.spec().name());
    }
    return names;
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
    AgentCall parent = call.parent();
    if (kind != CallKind.AGENT) {
      inside(call, kind, parent);
      if (kind.isModel() && parent != null) {
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
    Throwable failure = call.failure();
    if (failure != null && !call.cancelled() && !(failure instanceof CallRefused)) {
      costs.failed(failure);
    }
    if (kind == CallKind.AGENT) {
      invocations().record(call);
    }
    if (parent == null) {
      nanoUsd.add(call.facts().costNanoUsd());
      costs.spent(call.facts());
    }
  }

  /** Records a call of a model or tool, and that the calls around it made it. */
  private void inside(AgentCall call, CallKind kind, @Nullable AgentCall parent) {
    if (kind.isModel()) {
      models(kind).record(call);
      if (parent != null && call.attempts() > 0 && call.facts().modelCalls() == 0) {
        parent.detail().recordSilentInference();
      }
    } else {
      tools(call.method().spec()).record(call);
      if (parent != null && call.attempts() > 0) {
        parent.detail().recordToolRun();
      }
    }
  }

  private ModelMeters models(CallKind kind) {
    ModelMeters known = models.get(kind);
    return known != null
        ? known
        : models.computeIfAbsent(
            kind, absent -> new ModelMeters(meters, conventions, values, absent));
  }

  private CallTimers tools(MethodSpec spec) {
    CallTimers known = kinds.get(CallKind.TOOL);
    return known != null
        ? known
        : kinds.computeIfAbsent(
            CallKind.TOOL,
            absent ->
                new CallTimers(
                    meters,
                    ObservabilityMeter.TOOL_DURATION.spec(),
                    with(values, spec.methodName())));
  }

  private Invocations invocations() {
    Invocations known = invocations;
    if (known != null) {
      return known;
    }
    List<String> named = with(values, values.get(0));
    Invocations made =
        new Invocations(
            new CallTimers(meters, ObservabilityMeter.INVOKE_DURATION.spec(), named),
            meters.summary(ObservabilityMeter.INVOKE_INFERENCES.spec(), named),
            meters.summary(ObservabilityMeter.INVOKE_TOOLS.spec(), named));
    invocations = made;
    return made;
  }

  /** Returns the values with one more. */
  static List<String> with(List<String> values, String... more) {
    List<String> longer = new ArrayList<>(values);
    longer.addAll(List.of(more));
    return longer;
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
    CallTimers timers = new CallTimers(meters, ObservabilityMeter.DURATION.spec(), values);
    counted(true);
    meters.read(ObservabilityMeter.COST.spec(), values, this, method -> method.nanoUsd.sum() / 1e9);
    meters.read(ObservabilityMeter.ACTIVE.spec(), values, this, MethodMeters::active);
    costs.register();
    durations = timers;
    return timers;
  }

  private long active() {
    return ofAgents.stream().mapToLong(Counts::active).sum();
  }

  private void counted(boolean agents) {
    for (ObservabilityMeter meter : ObservabilityMeter.values()) {
      if (OF_AGENTS.contains(meter) == agents) {
        counted(meter.spec(), agents ? ofAgents : all);
      }
    }
  }

  private void counted(MeterSpec spec, Set<Counts> source) {
    spec.counted()
        .forEach((event, result) ->
            meters.read(
                spec,
                result.isEmpty() ? values : with(values, result),
                source,
                counts -> sum(counts, event)));
  }

  private static double sum(Set<Counts> counted, Counts.Event event) {
    return counted.stream().mapToLong(counts -> counts.get(event)).sum();
  }
}
