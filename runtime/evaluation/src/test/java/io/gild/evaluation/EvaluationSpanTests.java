package io.gild.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.WorkTraces;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.DeclaredAgent.DeclaredMethod;
import io.gild.golden.DeclaredAgent.DeclaredParameter;
import io.gild.golden.GoldenSet;
import io.gild.testkit.RecordedWork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvaluationSpanTests {

  private final RecordedWork recorded = new RecordedWork();

  EvaluationSpanTests() {
    WorkTraces.ofApplication().traceWith(recorded);
  }

  @AfterEach
  void stop() {
    WorkTraces.ofApplication().traceWith(new RecordedWork());
  }

  private RecordedWork.Span run(String mood, Object expected, String timeout) throws Exception {
    DeclaredMethod method =
        new DeclaredMethod(
            "answer",
            "(Ljava/lang/String;)Ljava/lang/String;",
            List.of(new DeclaredParameter("mood", "java.lang.String", "prompt")),
            List.of(
                Map.of(
                    "id",
                    "mood",
                    "input",
                    List.of(mood),
                    "expected",
                    expected,
                    "validator",
                    "contains",
                    "timeout",
                    timeout)));
    GoldenSet set =
        GoldenSet.of(
            new DeclaredAgent("moods", "", "", Moods.class.getName(), null, List.of(method)),
            path -> null);
    GoldenExecutor.builder()
        .options(new EvaluationOptions(1, Duration.ofSeconds(30), 1, 0, 7, Set.of(), false))
        .build()
        .run(List.of(set));
    assertThat(recorded.spans()).hasSize(1);
    return recorded.spans().get(0);
  }

  @Test
  void hasTheTaskAndTheResultsOfItsChecks() throws Exception {
    RecordedWork.Span span = run("fine", "fine", "30s");

    assertThat(span.work().name()).isEqualTo("gild.evaluation mood");
    assertThat(span.work().recorded()).isTrue();
    assertThat(span.attributes())
        .containsEntry("gild.golden.task", "mood")
        .containsEntry("gen_ai.agent.name", "moods")
        .containsEntry("gild.golden.outcome", "passed");
    assertThat(span.events())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.name()).isEqualTo("gen_ai.evaluation.result");
          assertThat(event.attributes())
              .containsEntry("gen_ai.evaluation.name", "contains")
              .containsEntry("gen_ai.evaluation.score.value", 1.0)
              .containsEntry("gen_ai.evaluation.score.label", "pass");
        });
    assertThat(span.isOver()).isTrue();
    assertThat(span.errorType()).isNull();
    assertThat(recorded.described())
        .singleElement()
        .satisfies(call -> assertThat(call.attributes()).containsEntry("gild.golden.task", "mood"));
  }

  @Test
  void explainsAFailedCheckThatIsNoError() throws Exception {
    RecordedWork.Span span = run("fine", "grim", "30s");

    assertThat(span.events())
        .singleElement()
        .satisfies(event ->
            assertThat(event.attributes())
                .containsEntry("gen_ai.evaluation.score.label", "fail")
                .containsKey("gen_ai.evaluation.explanation"));
    assertThat(span.errorType()).isNull();
  }

  @Test
  void endsWithAnErrorWithoutAnAnswer() throws Exception {
    RecordedWork.Span span = run("throw", "fine", "30s");

    assertThat(span.events()).isEmpty();
    assertThat(span.errorType()).isEqualTo("error");
  }

  @Test
  void endsWhenTheTimeoutEnds() throws Exception {
    RecordedWork.Span span = run("hang", "fine", "500ms");

    assertThat(span.isOver()).isTrue();
    assertThat(span.errorType()).isEqualTo("timeout");
  }
}
