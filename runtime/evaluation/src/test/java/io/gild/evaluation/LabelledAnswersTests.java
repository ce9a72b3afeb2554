package io.gild.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.evaluation.spi.Evidence;
import io.gild.gates.Outcome;
import io.gild.golden.AnswerCheck;
import io.gild.golden.GoldenFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Compares the checks with answers that were labelled by hand. */
class LabelledAnswersTests {

  private static final Validators VALIDATORS =
      new Validators(LabelledAnswersTests.class.getClassLoader());

  static Stream<Arguments> labelled() throws IOException {
    List<Arguments> cases = new ArrayList<>();
    for (Object item : (List<?>) load()) {
      Map<?, ?> group = (Map<?, ?>) item;
      String check = group.get("check").toString();
      add(cases, check, group.get("pass"), Outcome.PASSED);
      add(cases, check, group.get("fail"), Outcome.FAILED);
      add(cases, check, group.get("judge-failed"), Outcome.JUDGE_FAILED);
    }
    return cases.stream();
  }

  private static void add(List<Arguments> cases, String check, Object answers, Outcome outcome) {
    if (answers instanceof List<?> list) {
      list.forEach(answer -> cases.add(Arguments.of(check, String.valueOf(answer), outcome)));
    }
  }

  private static Object load() throws IOException {
    try (InputStream file = LabelledAnswersTests.class.getResourceAsStream("/labelled.yaml")) {
      return new Load(LoadSettings.builder().build())
          .loadFromString(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest(name = "{0} of «{1}» is {2}")
  @MethodSource("labelled")
  void isJudgedByItsLabel(String check, String answer, Outcome outcome) {
    var verdict = VALIDATORS.judge(check(check), Evidence.of("q", answer));

    assertThat(verdict.outcome()).as(verdict.reason()).isEqualTo(outcome);
    if (outcome != Outcome.PASSED) {
      assertThat(verdict.reason()).isNotBlank();
    }
  }

  @Test
  void thereAreOverTwoHundred() throws IOException {
    assertThat(labelled()).hasSizeGreaterThan(200);
  }

  private static AnswerCheck check(String text) {
    GoldenFile read = GoldenFile.single(PolicyTree.of(Map.of("id", "a", "checks", List.of(text))));
    assertThat(read.problems()).isEmpty();
    return read.tasks().get(0).spec().checks().get(0).check();
  }
}
