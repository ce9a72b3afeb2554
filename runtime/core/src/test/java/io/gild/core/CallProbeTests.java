package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallProbeTests {

  @Test
  void keepsThePoliciesOfTheObservedAgent() {
    GildRuntime runtime =
        GildRuntime.builder()
            .settings(
                Settings.builder()
                    .yaml("gild.yaml", "agents: [{agent: support, retry: {max-attempts: 3}}]")
                    .build())
            .build();
    GovernedMethod method =
        runtime.method(MethodSpec.of("support", "com.acme.Desk", "answer", "()V"));
    CallProbe.Opened opened = new CallProbe(runtime).open("support", true);
    try {
      method.call(
          null,
          same -> {
            AgentCall call = AgentCall.current();
            assertThat(call.parent()).as("the watch").isNotNull();
            assertThat(call.parent().carried()).as("policies of the watch").isZero();
            return null;
          });
    } finally {
      opened.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"AGENT, false", "CHAT, true", "TOOL, true"})
  void knowsTheToolsIfAModelOrAToolWasCalled(CallKind kind, boolean seen) {
    GildRuntime runtime = GildRuntime.builder().settings(Settings.builder().build()).build();
    MethodSpec spec =
        new MethodSpec(
            kind,
            "support",
            "",
            "com.acme.Desk",
            "answer",
            "()V",
            List.of(),
            Effect.NONE,
            PolicyTree.empty());
    CallProbe.Opened opened = new CallProbe(runtime).open("support", true);
    runtime.method(spec).call(null, same -> null);

    assertThat(opened.close().toolsSeen()).isEqualTo(seen);
  }
}
