package io.gild.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gild.config.Json;
import io.gild.golden.GoldenInput;
import io.gild.smoke.spi.AgentAsker.NoAnswerException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTemplateTests {

  @ParameterizedTest
  @ValueSource(strings = {"plain", "a \"quote\" \\ and\nline", "{input}", "\u0000\u2028 ü 🙂", ""})
  void keepsEveryTextWithinQuotes(String text) {
    BodyTemplate template = BodyTemplate.of("{\"q\": \"Q: {input}!\", \"again\": {input}}", "body");

    assertThat(Json.read(template.fill(new GoldenInput.Positional(List.of(text)))))
        .isEqualTo(Map.of("q", "Q: " + text + "!", "again", text));
  }

  @Test
  void insertsValuesAsTheyAre() {
    BodyTemplate template = BodyTemplate.of("{\"arguments\": {input}}", "body");

    assertThat(template.fill(new GoldenInput.Named(Map.of("city", "Bern"))))
        .isEqualTo("{\"arguments\": {\"city\":\"Bern\"}}");
    assertThat(template.fill(new GoldenInput.Positional(List.of("a", 2L))))
        .isEqualTo("{\"arguments\": [\"a\",2]}");
  }

  @Test
  void skipsQuotesThatAreEscaped() {
    BodyTemplate template = BodyTemplate.of("{\"a\\\"b\": \"\\\"{input}\"}", "body");

    assertThat(Json.read(template.fill(new GoldenInput.Positional(List.of("\"")))))
        .isEqualTo(Map.of("a\"b", "\"\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"q\": \"input\"}", "q={input}", "{\"q\": \"{input}}", "{input", ""})
  void rejectsATemplateThatCannotBecomeJson(String text) {
    assertThatExceptionOfType(SmokeException.class)
        .isThrownBy(() -> BodyTemplate.of(text, "smoke.golden.body"))
        .withMessageContaining("smoke.golden.body must");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "answer                    | {\"answer\": \"yes\"}                              | yes",
        "choices.0.message.content | {\"choices\":[{\"message\":{\"content\":\"yes\"}}]} | yes",
        "total                     | {\"total\": 12}                                    | 12",
        "items                     | {\"items\": [1, 2]}                                | [1,2]",
        "                          | any text                                           | any text"
      })
  void findsTheAnswer(String path, String body, String answer) throws Exception {
    assertThat(new AnswerField(path).in(body)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "answer   | {\"result\": \"yes\"} | it has [result]",
        "answer   | {\"answer\": null}    | is null",
        "answer.b | {\"answer\": \"yes\"} | no field answer.b",
        "answer.1 | {\"answer\": [0]}     | no field answer.1",
        "answer   | <html>                | must be JSON"
      })
  void reportsAnAnswerThatIsNotThere(String path, String body, String reason) {
    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> new AnswerField(path).in(body))
        .withMessageContaining(reason);
  }
}
