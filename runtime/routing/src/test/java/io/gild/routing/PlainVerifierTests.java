package io.gild.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainVerifierTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "So 12 + 30 = 43 apples.",
        "7 * 8 = 54",
        "He pays 1,200 / 4 = 400 dollars.",
        "9.5 - 3 = 5.5",
        "5 x 5; 6 × 7 = 43",
        "12 + 30 = 42.\n42 + 5 = 48.",
        "First 1 + 1 = 2. 2 + 2 = 5. Done."
      })
  void findsAWrongSum(String answer) {
    assertThat(PlainVerifier.hasWrongSum(answer)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12 + 30 = 42 apples.",
        "1,200 / 4 = $300",
        "10 / 3 = 3.33",
        "2 + 3 + 4 = 9",
        "2 * 3 + 4 = 10",
        "x = 5 and y = 7",
        "2024-11-30 = a Saturday",
        "50 / 0 = undefined",
        "50 / 0 = 0",
        "8 - 3 = 5%",
        ""
      })
  void acceptsRightSumsAndWhatIsNone(String answer) {
    assertThat(PlainVerifier.hasWrongSum(answer)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"100000", "2000000"})
  void searchesAHugeAnswerInBoundedTime(int length) {
    assertThat(PlainVerifier.hasWrongSum("1 + ".repeat(length / 4))).isFalse();
  }
}
