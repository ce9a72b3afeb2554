package io.gild.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import io.gild.evaluation.spi.Evidence;
import io.gild.evaluation.spi.Verdict;
import io.gild.gates.Outcome;
import io.gild.golden.AnswerCheck;
import io.gild.testkit.LoggedRequest;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HelpersTests {

  private static final AnswerCheck.Judge CHECK = new AnswerCheck.Judge("It is friendly.", 1, "");

  private static Helpers helpers(String yaml, Map<String, String> environment) {
    return new Helpers(
        HelpersTests.class.getClassLoader(),
        () ->
            Settings.builder()
                .yaml("gild.yaml", yaml)
                .environment(environment)
                .build()
                .get(Evaluation.SECTION));
  }

  @Test
  void useTheJudgeOfTheSettingsUnlessTheEnvironmentOverridesIt() {
    try (ModelProvider provider =
        ModelProvider.builder()
            .answers(request -> ModelAnswer.text("{\"verdict\": \"pass\"}"))
            .start()) {
      String yaml =
          "evaluation: {base-url: '%s', model: in-file}".formatted(provider.openAiBaseUrl());
      Evidence evidence = Evidence.of("Hello", "Hello, my friend!");

      Verdict first = helpers(yaml, Map.of()).judge().judge(CHECK, evidence);
      Verdict second =
          helpers(yaml, Map.of("GILD_EVALUATION_MODEL", "in-environment"))
              .judge()
              .judge(CHECK, evidence);

      assertThat(first.outcome()).isEqualTo(Outcome.PASSED);
      assertThat(second.outcome()).isEqualTo(Outcome.PASSED);
      assertThat(provider.requests())
          .extracting(LoggedRequest::model)
          .containsExactly("in-file", "in-environment");
    }
  }

  @Test
  void useAnAvailableEmbedderUnlessOneIsNamed() {
    assertThat(helpers("", Map.of()).embedder().name()).isEqualTo("hashed n-grams");
    assertThatThrownBy(() -> helpers("evaluation: {embedder: minilm}", Map.of()).embedder())
        .hasMessage(
            "evaluation.embedder is minilm; add the dependency io.gild:gild-embeddings-minilm");
  }
}
