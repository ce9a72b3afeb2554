package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import org.junit.jupiter.api.Test;

class CallProbeTests {

  @Test
  void takesNoPolicyFromTheAgentThatItWatches() {
    GildRuntime runtime =
        GildRuntime.builder()
            .settings(
                Settings.builder()
                    .yaml("gild.yaml", "agents: [{agent: support, retry: {max-attempts: 3}}]")
                    .build())
            .build();
    GovernedMethod method =
        runtime.method(MethodSpec.of("support", "com.acme.Desk", "answer", "()V"));
    CallProbe.Opened opened = new CallProbe(runtime).open("support");
    try {
      method.call(
          null,
          same -> {
            AgentCall call = AgentCall.current();
            assertThat(call.parent()).as("the watch").isNotNull();
            assertThat(call.parent().plan.carried).as("policies of the watch").isZero();
            return null;
          });
    } finally {
      opened.close();
    }
  }
}
