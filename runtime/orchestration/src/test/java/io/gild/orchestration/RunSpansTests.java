package io.gild.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.core.TracedWork;
import io.gild.core.WorkTraces;
import io.gild.testkit.RecordedWork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunSpansTests {

  private static final String EARLIER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final Duration SOON = Duration.ofSeconds(20);

  private final RecordedWork recorded = new RecordedWork();

  RunSpansTests() {
    WorkTraces.ofApplication().traceWith(recorded);
  }

  @AfterEach
  void stop() {
    WorkTraces.ofApplication().traceWith(new RecordedWork());
  }

  private static TracedWork of(List<TracedWork> all, String name) {
    return all.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void describesTheRunAndItsSteps() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("traced").step("write", text -> text + "!").build();
    String id;
    try (Orchestrator orchestrator = Orchestrator.builder().build()) {
      WorkflowRun<String> run = orchestrator.start(workflow, "x");
      id = run.id();
      assertThat(run.await(SOON)).isEqualTo("x!");
    }

    TracedWork whole = of(recorded.described(), "invoke_workflow traced");
    assertThat(whole.attributes())
        .containsEntry("gen_ai.operation.name", "invoke_workflow")
        .containsEntry("gen_ai.workflow.name", "traced")
        .containsEntry("gild.run.id", id);
    assertThat(whole.linked()).isEmpty();
    assertThat(of(recorded.described(), "gild.step write").attributes())
        .containsEntry("gild.run.step", "write")
        .containsEntry("gild.run.id", id);
    assertThat(recorded.added()).contains(Map.of("gild.run.state", "completed"));
  }

  @Test
  void recordsTheStateOfARunThatFails() {
    Workflow<String, String> workflow =
        Workflow.<String>named("failing")
            .<String>step(
                "write",
                text -> {
                  throw new IllegalStateException("no");
                })
            .build();
    try (Orchestrator orchestrator = Orchestrator.builder().build()) {
      WorkflowRun<String> run = orchestrator.start(workflow, "x");
      assertThatThrownBy(() -> run.await(SOON)).hasMessageContaining("no");
    }

    assertThat(recorded.added()).contains(Map.of("gild.run.state", "failed"));
  }

  @Test
  void keepsTheTraceOfTheLastPartInItsHistory() {
    RunHistory history = new RunHistory();
    assertThat(history.trace()).isNull();

    history.apply(
        Map.of("type", RunLines.TRACE, "at", "2026-11-30T10:00:00Z", "traceparent", EARLIER));

    assertThat(history.trace()).isEqualTo(EARLIER);
  }
}
