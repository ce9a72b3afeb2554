package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTests {

  @Test
  void readsWhatItWrites() {
    Map<String, Object> value =
        Map.of(
            "text",
            "\"quoted\" \\ line\nbreak\ttab \u0001 \u2028 ünïcode 🙂",
            "list",
            Arrays.asList(1L, new BigDecimal("2.50"), true, null, List.of(), Map.of()));

    assertThat(Json.read(Json.write(value))).isEqualTo(value);
    assertThat(Json.read(Json.pretty(value))).isEqualTo(value);
  }

  @Test
  void indentsByTwoBlanks() {
    assertThat(Json.pretty(Map.of("a", List.of(1, Map.of("b", "c")))))
        .isEqualTo(
            """
            {
              "a": [
                1,
                {
                  "b": "c"
                }
              ]
            }
            """);
  }

  @Test
  void readsEscapesAndNumbers() {
    assertThat(Json.read(" [\"\\u00e4\\/\\b\", -1.5e3, 12345678901234567890]\t"))
        .isEqualTo(
            List.of("ä/\b", new BigDecimal("-1.5e3"), new BigDecimal("12345678901234567890")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\" 1} | 1:6: expected ':'",
        "[1, 2 | 1:6: expected ',' or ']'",
        "[01] | 1:2: expected a value",
        "{\"a\":1} x | 1:9: expected the end",
        "{a:1} | 1:2: expected a key in quotes",
        "\"abc | 1:5: expected '\"'",
        "tru | 1:1: expected a value",
      },
      quoteCharacter = '`')
  void namesThePlaceOfAMistake(String json, String message) {
    assertThatThrownBy(() -> Json.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void writesTextsThatItReadsBack() {
    List<Object> odd =
        List.of(Double.NaN, Float.POSITIVE_INFINITY, "a\ud800b", "\udc00", "\ud83d\ude00");

    byte[] file = Json.write(odd).getBytes(StandardCharsets.UTF_8);

    assertThat(Json.read(new String(file, StandardCharsets.UTF_8)))
        .isEqualTo(List.of("NaN", "Infinity", "a\ud800b", "\udc00", "\ud83d\ude00"));
    assertThat(Json.read("\ufeff[1]")).isEqualTo(List.of(1L));
  }

  @Test
  void rejectsTooDeepNesting() {
    assertThatThrownBy(() -> Json.read("[".repeat(100_000))).hasMessageContaining("too deeply");
  }

  @Test
  void writesNumbersWithoutAJsonFormAsTexts() {
    DoubleAdder sum = new DoubleAdder();
    sum.add(Double.NaN);
    List<Object> numbers =
        List.of(sum, Double.NaN, Float.NEGATIVE_INFINITY, new BigDecimal("1E+999999999"), 1.5f);

    assertThat(Json.read(Json.write(numbers)))
        .isEqualTo(List.of("NaN", "NaN", "-Infinity", "1E+999999999", new BigDecimal("1.5")));
  }
}
