package io.gild.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.evaluation.Validators;
import io.gild.evaluation.spi.Evidence;
import io.gild.evaluation.spi.Verdict;
import io.gild.golden.AnswerCheck;
import org.junit.jupiter.api.Test;

class MiniLmEmbedderTests {

  private final Validators validators = new Validators(getClass().getClassLoader());

  @Test
  void recognizesAParaphraseWithFewCommonWords() {
    assertThat(similarity("You may send the shoes back for a month.").passed()).isTrue();
    assertThat(similarity("The museum opens at nine o'clock.").passed()).isFalse();
    assertThat(similarity("").passed()).isFalse();
  }

  @Test
  void isNamedInReports() {
    assertThat(similarity("The museum opens at nine o'clock.").reason())
        .startsWith("similarity (all-minilm-l6-v2-q) is ");
  }

  private Verdict similarity(String answer) {
    return validators.judge(
        new AnswerCheck.Similarity("Footwear can be returned within 30 days.", 0.5),
        Evidence.of("", answer));
  }
}
