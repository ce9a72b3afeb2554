package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalReasonsTests {

  @ParameterizedTest
  @CsvSource({"refusal, true", "SAFETY, true", "spii, true", "RECITATION, true", "stop, false"})
  void knowsTheWordsOfRefusals(String reason, boolean refused) {
    assertThat(RefusalReasons.contain(reason)).isEqualTo(refused);
    assertThat(RefusalReasons.contain(null)).isFalse();
  }
}
