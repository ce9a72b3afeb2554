package io.gild.benchmarks;

import io.gild.config.Policies;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Counts;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.core.RuntimeBuilder;
import io.gild.cost.CachePolicy;
import io.gild.cost.CostModule;
import io.gild.observability.ObservabilityModule;
import io.gild.observability.ObservePolicy;
import io.gild.observability.Telemetry;
import io.gild.reliability.BulkheadPolicy;
import io.gild.reliability.CircuitBreakerPolicy;
import io.gild.reliability.ReliabilityModule;
import io.gild.reliability.RetryPolicy;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An echo agent under given policies; handwritten, but with the same lines as generated code,
 * except that the governed method is not a constant of the class.
 */
final class GovernedEcho extends EchoAgent {

  static final ObservePolicy OBSERVE = new ObservePolicy(true, true, false, false);
  static final RetryPolicy RETRY =
      new RetryPolicy(3, Duration.ofMillis(10), 1, Duration.ofMillis(10), 0, List.of(), List.of());
  static final BulkheadPolicy BULKHEAD = new BulkheadPolicy(64, Duration.ZERO);
  static final CircuitBreakerPolicy BREAKER =
      new CircuitBreakerPolicy(50, 100, 100, Duration.ofHours(1), 10, List.of());

  private final GovernedMethod method;

  GovernedEcho(Policies policies) {
    RuntimeBuilder builder = GildRuntime.builder().policies(spec -> policies);
    builder.module(new ReliabilityModule());
    builder.module(new CostModule());
    GildRuntime runtime = builder.module(new ObservabilityModule()).build();
    runtime.shared(
        Telemetry.class,
        same -> Telemetry.of(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
    this.method = runtime.method(spec());
  }

  /** The policies of a sturdy agent, and more. */
  static Policies sturdy(Record... more) {
    List<Record> policies = new ArrayList<>(List.of(OBSERVE, RETRY, BULKHEAD, BREAKER));
    policies.addAll(List.of(more));
    return Policies.of(policies);
  }

  static CachePolicy cache(int maximumSize, boolean normalize) {
    return new CachePolicy(Duration.ofHours(1), maximumSize, List.of(), normalize);
  }

  @Override
  @SuppressWarnings("NullAway") // generated code is not checked, and this class represents it
  public String answer(String question) {
    if (method.idle()) {
      return super.answer(question);
    }
    if (method.detached()) {
      return (String) method.call(this, arguments -> super.answer((String) arguments[0]), question);
    }
    AgentCall call = method.begin(this, question);
    while (call.proceed()) {
      try {
        call.returned(super.answer(question));
      } catch (Throwable failure) {
        call.threw(failure);
      }
    }
    return (String) call.result();
  }

  /** Returns how many answers were from the cache. */
  long hits() {
    return method.counts().get(Counts.Event.CACHE_HIT);
  }

  private static MethodSpec spec() {
    return new MethodSpec(
        CallKind.AGENT,
        "support",
        "",
        EchoAgent.class.getName(),
        "answer",
        "(Ljava/lang/String;)Ljava/lang/String;",
        List.of(new Parameter("question", String.class.getName(), Role.PROMPT)),
        Effect.NONE,
        io.gild.config.PolicyTree.empty());
  }
}
