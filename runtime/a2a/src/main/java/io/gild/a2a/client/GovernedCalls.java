package io.gild.a2a.client;

import io.gild.a2a.A2aArtifactUpdate;
import io.gild.a2a.A2aEvent;
import io.gild.a2a.A2aTask;
import io.gild.a2a.Delegations;
import io.gild.a2a.ReportedUsage;
import io.gild.config.PolicyTree;
import io.gild.config.PolicyType;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.MethodSpec;
import io.gild.core.TraceHeaders;
import io.gild.core.WrappedMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls of a client as governed methods. Thread-safe. */
final class GovernedCalls {

  private final String agent;
  private final Class<?> owner;
  private final Map<String, WrappedMethod> methods = new ConcurrentHashMap<>();

  GovernedCalls(String agent, Class<?> owner) {
    this.agent = agent;
    this.owner = owner;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the body returns it
  <T extends @Nullable Object> T call(String name, Supplier<T> body) {
    Delegations.require(agent);
    WrappedMethod method = methods.computeIfAbsent(name, this::method);
    return (T) method.call(null, arguments -> body.get());
  }

  private WrappedMethod method(String name) {
    return WrappedMethod.of(
        owner,
        new MethodSpec(
            CallKind.AGENT,
            agent,
            "",
            A2aClient.class.getName(),
            name,
            "()Ljava/lang/Object;",
            List.of(),
            Effect.NONE,
            PolicyTree.of(policies())));
  }

  /** Only requests that the agent did not take are sent again. */
  private static Map<String, Object> policies() {
    Map<String, Object> policies = new LinkedHashMap<>();
    if (PolicyType.ofKey("retry").isPresent()) {
      policies.put(
          "retry",
          Map.of("max-attempts", 3, "retry-exceptions", List.of(A2aUnavailable.class.getName())));
    }
    return policies;
  }

  /** Counts what the agent reports to have spent. */
  void record(A2aEvent event) {
    ReportedUsage usage =
        event instanceof A2aTask task
            ? ReportedUsage.of(task)
            : event instanceof A2aArtifactUpdate update
                ? ReportedUsage.of(update.artifact())
                : null;
    AgentCall call = AgentCall.current();
    if (call != null && usage != null && usage.requests() > 0) {
      call.detail()
          .recordUsage(
              "a2a:" + agent, Usage.of(usage.inputTokens(), usage.outputTokens()), usage.nanoUsd());
    }
  }

  /** Passes on the headers by which the agent continues the trace. */
  void headers(BiConsumer<String, String> headers) {
    TraceHeaders.inject(headers);
  }
}
