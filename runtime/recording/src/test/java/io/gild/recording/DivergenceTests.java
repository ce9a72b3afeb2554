package io.gild.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class DivergenceTests {

  private static String first(String recorded, String asked, String... ignored) {
    return String.valueOf(Divergence.find(Json.read(recorded), Json.read(asked), List.of(ignored)));
  }

  @Test
  void namesTheFirstFieldThatDiffers() {
    assertThat(
            first(
                "{'model': 'm', 'messages': [{'content': 'a'}, {'content': 'b'}]}"
                    .replace('\'', '"'),
                "{'messages': [{'content': 'a'}, {'content': 'c'}], 'model': 'm'}"
                    .replace('\'', '"')))
        .isEqualTo("/messages/1/content: recorded \"b\", asked \"c\"");
  }

  @Test
  void namesWhatIsMissingAndWhatIsNew() {
    assertThat(first("{\"a\": 1}", "{}")).isEqualTo("/a: recorded 1, asked nothing");
    assertThat(first("[]", "[{\"b/c\": 1}]"))
        .isEqualTo("/0: the recording has nothing, asked {\"b/c\":1}");
  }

  @Test
  void ignoresTheGivenPointers() {
    assertThat(first("{\"m\": [{\"at\": 1}]}", "{\"m\": [{\"at\": 2}]}", "/m/*/at"))
        .isEqualTo("null");
  }

  @Test
  void comparesNumbersByValue() {
    assertThat(first("{\"t\": 1}", "{\"t\": 1.0}")).isEqualTo("null");
  }

  @Test
  void showsWhereLongTextsDiffer() {
    assertThat(first("\"" + "x".repeat(500) + "one\"", "\"" + "x".repeat(500) + "two\""))
        .isEqualTo(
            ": recorded \"…" + "x".repeat(20) + "one\", asked \"…" + "x".repeat(20) + "two\"");
  }
}
