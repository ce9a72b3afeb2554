package io.gild.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordingTests {

  @ParameterizedTest
  @EnumSource
  void canAlwaysBeReversed(Wording wording) {
    for (Question question : Excerpt.questions()) {
      assertThat(Wording.question(wording.of(question.text())))
          .isEqualTo(Wording.question(question.text()));
    }
  }

  @Test
  void neverMergesTwoQuestions() {
    assertThat(Excerpt.questions().stream().map(q -> Wording.question(q.text())))
        .doesNotHaveDuplicates()
        .hasSize(660);
  }

  @Test
  void isNormalisedByCasePunctuationAndSpacesOnly() {
    assertThat(Wording.normalised("  What's   my BALANCE?! ")).isEqualTo("what s my balance");
    assertThat(Wording.normalised("my balance, please")).isEqualTo("my balance please");
  }
}
