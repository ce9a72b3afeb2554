package io.gild.twin;

import io.gild.config.Json;
import io.gild.config.PolicyType;
import io.gild.config.Problems;
import io.gild.config.Settings;
import io.gild.config.SettingsModules;
import io.gild.config.Usage;
import io.gild.config.spi.SettingsModule;
import io.gild.core.AgentCall;
import io.gild.core.CallRefused;
import io.gild.core.Counts;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.Ledger;
import io.gild.core.MethodSpec;
import io.gild.core.MethodTotals;
import io.gild.core.RuntimeBuilder;
import io.gild.core.TimeLimitExceeded;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.StageProvider;
import io.gild.twin.SimulatedCall.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Passes recorded calls through a runtime of their own, one after the other, on a virtual clock.
 * Stages that watch or remember are left out: nothing is written anywhere. Not thread-safe.
 */
final class SimulatedRun implements AutoCloseable {

  /** Policies that have no part in a simulation, or another one. */
  private static final Set<String> LEFT_OUT =
      Set.of("observe", "remember", "recall", "experience", "time-limit", SimulatedRateLimit.KEY);

  private static final long SEED = 1;

  private final VirtualClock clock;
  private final GildRuntime runtime;
  private final @Nullable String model;
  private final Map<String, GovernedMethod> methods = new HashMap<>();

  SimulatedRun(Settings settings, @Nullable String model, Instant start, List<MethodSpec> specs) {
    this.clock = new VirtualClock(start);
    this.model = model;
    RuntimeBuilder builder =
        GildRuntime.builder().clock(clock).random(new Random(SEED)).settings(settings);
    providers().forEach(builder::stages);
    if (PolicyType.ofKey(SimulatedRateLimit.KEY).isPresent()) {
      builder.stages(new SimulatedRateLimit(clock));
    }
    this.runtime = builder.build();
    for (MethodSpec spec : specs) {
      methods.put(RecordedCalls.name(spec), runtime.method(RecordedCalls.returning(spec)));
    }
  }

  private static List<StageProvider> providers() {
    List<StageProvider> providers = new ArrayList<>();
    ClassLoader loader = SimulatedRun.class.getClassLoader();
    for (SettingsModule module : SettingsModules.find(loader, new Problems())) {
      if (module instanceof GildModule known) {
        for (StageProvider provider : known.stages()) {
          Class<? extends Record> policy = provider.policy();
          if (policy != null && !LEFT_OUT.contains(PolicyType.of(policy).key())) {
            providers.add(provider);
          }
        }
      }
    }
    return providers;
  }

  SimulationSide run(List<RecordedCall> calls) {
    List<SimulatedCall> done = new ArrayList<>();
    Percentiles times = new Percentiles();
    for (RecordedCall call : calls) {
      GovernedMethod method = methods.get(call.method());
      if (method != null) {
        SimulatedCall each = simulate(method, call);
        done.add(each);
        times.add(each.millis());
      }
    }
    return side(done, times);
  }

  private SimulatedCall simulate(GovernedMethod method, RecordedCall call) {
    Instant at = call.at();
    if (at != null) {
      clock.moveTo(at);
    }
    long start = clock.nanoTime();
    Counts counts = method.counts();
    long hits = counts.get(Counts.Event.CACHE_HIT);
    long fallbacks = counts.get(Counts.Event.FELL_BACK);
    Outcome outcome;
    String answer;
    try {
      Object result = method.call(null, arguments -> body(method, call), arguments(call));
      answer = Json.write(result);
      outcome =
          counts.get(Counts.Event.CACHE_HIT) > hits
              ? Outcome.CACHED
              : counts.get(Counts.Event.FELL_BACK) > fallbacks
                  ? Outcome.FALLBACK
                  : Outcome.ANSWERED;
    } catch (CallRefused refused) {
      outcome = Outcome.REFUSED;
      answer = String.valueOf(refused.getMessage());
    } catch (Exception failed) {
      outcome = Outcome.FAILED;
      answer =
          failed instanceof SimulatedFailure
              ? String.valueOf(failed.getMessage())
              : failed.toString();
    }
    String fallback = fallbackOf(method);
    if (!fallback.isEmpty() && (outcome == Outcome.REFUSED || outcome == Outcome.FAILED)) {
      outcome = Outcome.FALLBACK;
      answer = "the answer of " + fallback + ", which a simulation does not run";
    }
    return new SimulatedCall(call.number(), outcome, answer, (clock.nanoTime() - start) / 1e6);
  }

  private static @Nullable Object[] arguments(RecordedCall call) {
    return call.arguments().toArray();
  }

  /** Returns the name of the method that answers in place of a failed one; empty if none does. */
  private static String fallbackOf(GovernedMethod method) {
    Record policy = SimulatedPolicy.of(method.policies(), "fallback");
    return SimulatedPolicy.value(policy, "method") instanceof String name ? name : "";
  }

  /** Does what the method did when it was recorded. */
  private @Nullable Object body(GovernedMethod method, RecordedCall call) throws Exception {
    Record policy = SimulatedPolicy.of(method.policies(), "time-limit");
    Duration limit = SimulatedPolicy.duration(policy, "timeout-duration");
    Duration time = Duration.ofMillis(call.millis());
    if (limit != null && time.compareTo(limit) > 0) {
      clock.sleep(limit.toNanos());
      method.counts().add(Counts.Event.TIMED_OUT);
      throw new TimeLimitExceeded(method.spec().agent(), limit);
    }
    clock.sleep(time.toNanos());
    AgentCall current = AgentCall.current();
    if (current != null) {
      for (RecordedCall.Request request : call.requests()) {
        if (!request.usage().equals(Usage.NONE)) {
          current.recordUsage(modelOf(request, current), request.usage());
        }
      }
    }
    if (call.failure() != null) {
      throw SimulatedFailure.of(call.failure());
    }
    return call.answer();
  }

  private String modelOf(RecordedCall.Request request, AgentCall call) {
    if (model != null) {
      return model;
    }
    String routed = call.routedModel();
    return routed == null ? request.model() : routed;
  }

  private SimulationSide side(List<SimulatedCall> done, Percentiles times) {
    long nanoUsd = 0;
    Map<String, BigDecimal> costs = new TreeMap<>();
    List<String> unpriced = new ArrayList<>();
    for (Ledger.Line line : runtime.ledger().lines()) {
      nanoUsd += line.nanoUsd();
      costs.merge(line.model(), BigDecimal.valueOf(line.nanoUsd(), 9), BigDecimal::add);
      if (line.unpricedRequests() > 0) {
        unpriced.add(line.model());
      }
    }
    return new SimulationSide(
        done,
        BigDecimal.valueOf(nanoUsd, 9),
        costs,
        unpriced,
        times.at(50),
        times.at(95),
        counts());
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (MethodTotals totals : runtime.totals()) {
      for (Counts.Event event : Counts.Event.values()) {
        long count = totals.counts().get(event);
        if (count > 0) {
          counts.merge(event.name().toLowerCase(Locale.ROOT).replace('_', '-'), count, Long::sum);
        }
      }
    }
    return counts;
  }

  @Override
  public void close() {
    runtime.close();
  }
}
