package io.gild.benchmarks;

import io.gild.config.PolicyTree;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.util.List;
import java.util.Objects;

/** Methods of agents that do nothing, in a real runtime. */
final class SimulatedAgents {

  private static final String OBJECT = "(Ljava/lang/Object;)Ljava/lang/Object;";

  private SimulatedAgents() {}

  /** Registers a method without policies. */
  static GovernedMethod method(GildRuntime runtime, CallKind kind, String agent, String name) {
    return runtime.method(
        new MethodSpec(
            kind,
            agent,
            "",
            "com.acme." + agent,
            name,
            OBJECT,
            List.of(),
            Effect.NONE,
            PolicyTree.empty()));
  }

  /** Calls each of some agents once; each of them asks a model. */
  static void callEach(GildRuntime runtime, int agents) {
    for (int i = 0; i < agents; i++) {
      String agent = "agent" + i;
      GovernedMethod model = method(runtime, CallKind.CHAT, agent, "chat");
      method(runtime, CallKind.AGENT, agent, "answer")
          .call(null, arguments -> model.call(null, same -> answer(), "prompt"), "question");
    }
  }

  private static String answer() {
    Objects.requireNonNull(AgentCall.current()).recordUsage("gpt-4o-mini", Usage.of(1_000, 200));
    return "answer";
  }
}
