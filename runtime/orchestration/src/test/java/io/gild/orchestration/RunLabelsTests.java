package io.gild.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.core.AgentCall;
import io.gild.core.CostDimension;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunLabelsTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final GildRuntime runtime = GildRuntime.builder().settings(Settings.defaults()).build();
  private final GovernedMethod model =
      runtime.method(MethodSpec.of("gpt", "com.acme.Gpt", "chat", "()Ljava/lang/String;"));

  /** Returns what the cost of a call is attributed to that begins here. */
  private String labels(String text) {
    AgentCall call = model.begin(null);
    call.returned("");
    call.proceed();
    return text + call.label(CostDimension.WORKFLOW) + "/" + call.label(CostDimension.STEP) + " ";
  }

  @Test
  void labelTheCallsOfEachStepWithItsWorkflowAndName() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("claims")
            .step("read", this::labels)
            .step("decide", this::labels)
            .build();
    try (Orchestrator orchestrator = Orchestrator.builder().build()) {
      assertThat(orchestrator.start(workflow, "").await(SOON))
          .isEqualTo("claims/read claims/decide ");
    }
    assertThat(labels("")).isEqualTo("/ ");
  }
}
