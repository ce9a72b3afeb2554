package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestRestTests {

  private static final String REQUEST =
      """
      {"model": "gpt-4o", "temperature": 0, "messages": [
        {"role": "system", "content": "%s"},
        {"role": "user", "content": "%s"},
        {"role": "assistant", "content": "fine"},
        {"role": "user", "content": [{"type": "text", "text": "%s"}]}]}
      """;

  @Test
  void isTheSameForAnotherLastQuestion() {
    assertThat(rest("be kind", "hi", "where is it?"))
        .isNotNull()
        .isEqualTo(rest("be kind", "hi", "when does it come?"));
  }

  @Test
  void differsInAnythingElse() {
    String rest = rest("be kind", "hi", "where is it?");
    assertThat(rest("be rude", "hi", "where is it?")).isNotEqualTo(rest);
    assertThat(rest("be kind", "hello", "where is it?")).isNotEqualTo(rest);
    assertThat(rest).doesNotContain("where is it?");
  }

  @Test
  void leavesAnEarlierMessageOfTheSameTextInPlace() {
    assertThat(rest("be kind", "again", "again")).contains("again");
    assertThat(rest("be kind", "again", "again")).isNotEqualTo(rest("be kind", "x", "again"));
  }

  @Test
  void isUnknownWithoutThePrompt() {
    assertThat(RequestRest.of(Map.of("model", "gpt-4o"), "where?")).isNull();
    assertThat(RequestRest.of(Map.of(), "where?")).isNull();
    assertThat(RequestRest.of(Map.of("x", ""), "")).isNull();
  }

  @SuppressWarnings("unchecked") // the reader of JSON makes maps with texts as keys
  private static String rest(String system, String before, String question) {
    return RequestRest.of(
        (Map<String, Object>) Json.read(REQUEST.formatted(system, before, question)), question);
  }
}
