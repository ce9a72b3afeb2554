package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartialSuccessTests {

  private static final PartialSuccess NOTHING = new PartialSuccess(0, "");

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void readsTheCountAndTheReason() {
    assertThat(PartialSuccess.of(bytes(10, 7, 8, 0xac, 2, 18, 2, 'n', 'o')))
        .isEqualTo(new PartialSuccess(300, "no"));
  }

  @Test
  void readsACountWithoutAReasonAndAReasonWithoutACount() {
    assertThat(PartialSuccess.of(bytes(10, 2, 8, 5))).isEqualTo(new PartialSuccess(5, ""));
    assertThat(PartialSuccess.of(bytes(10, 3, 18, 1, 'x'))).isEqualTo(new PartialSuccess(0, "x"));
  }

  @Test
  void passesOverFieldsOfLaterVersions() {
    byte[] later = bytes(24, 1, 34, 1, 9, 41, 1, 2, 3, 4, 5, 6, 7, 8, 53, 1, 2, 3, 4, 10, 2, 8, 5);
    assertThat(PartialSuccess.of(later)).isEqualTo(new PartialSuccess(5, ""));
  }

  @Test
  void reportsNothingForAnEmptyAnswer() {
    assertThat(PartialSuccess.of(new byte[0])).isEqualTo(NOTHING);
    assertThat(PartialSuccess.of(bytes(10, 0))).isEqualTo(NOTHING);
  }

  @Test
  void reportsNothingForAnswersThatAreCutOrTooLong() {
    assertThat(PartialSuccess.of(bytes(10, 9, 8, 5))).isEqualTo(NOTHING);
    assertThat(PartialSuccess.of(bytes(10))).isEqualTo(NOTHING);
    assertThat(
            PartialSuccess.of(
                bytes(10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1)))
        .isEqualTo(NOTHING);
    assertThat(
            PartialSuccess.of(
                bytes(10, 11, 8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1)))
        .as("a negative count")
        .isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"partialSuccess\":{\"rejectedSpans\":3}}", "<html>", "ok"})
  void reportsNothingForOtherTexts(String text) {
    assertThat(PartialSuccess.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(NOTHING);
  }
}
