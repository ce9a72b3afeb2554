package io.gild.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CassetteTests {

  private static final String HEADER = "{\"gild-cassette\":1,\"session\":\"s\"}\n";
  private static final String EXCHANGE =
      "{\"seq\":1,\"session\":\"s\",\"call\":1,\"kind\":\"model\",\"api\":\"a\",\"begin\":1,"
          + "\"end\":2,\"request\":{\"model\":\"m\"},\"response\":{\"text\":\"t\"}}\n";

  @Test
  void readsTheCompleteLinesOfATornFile() {
    for (int cut = 1; cut < EXCHANGE.length(); cut++) {
      String text = HEADER + EXCHANGE + EXCHANGE.substring(0, cut);

      assertThat(Cassette.read("c.jsonl", text).calls().get(0).exchanges()).hasSize(1);
    }
  }

  @Test
  void putsTheExchangesOfEachCallInTheirOrder() {
    String second =
        EXCHANGE
            .replace("\"seq\":1", "\"seq\":2")
            .replace("\"begin\":1,\"end\":2", "\"begin\":3,\"end\":4");
    Cassette cassette =
        Cassette.read(
            "c.jsonl",
            HEADER
                + second
                + EXCHANGE
                + "{\"session\":\"s\",\"call\":1,\"kind\":\"agent\",\"agent\":\"desk\","
                + "\"method\":\"D#m\",\"arguments\":[\"q\"],\"answer\":\"t\"}\n");

    Cassette.Call call = cassette.calls().get(0);
    assertThat(call.agent()).isEqualTo("desk");
    assertThat(call.arguments()).containsExactly("q");
    assertThat(call.exchanges()).extracting(Cassette.Exchange::number).containsExactly(1, 2);
  }

  @Test
  void readsTokensAndTimes() {
    Cassette cassette =
        Cassette.read(
            "c.jsonl",
            HEADER.replace("}", ",\"recorded-at\":\"2026-01-01T00:00:00Z\"}")
                + EXCHANGE.replace(
                    "\"end\":2", "\"end\":2,\"input-tokens\":7,\"output-tokens\":3,\"millis\":40")
                + "{\"session\":\"s\",\"call\":1,\"kind\":\"agent\",\"agent\":\"desk\","
                + "\"at\":\"2026-01-01T00:00:05Z\",\"millis\":50}\n");

    Cassette.Call call = cassette.calls().get(0);
    assertThat(cassette.recordedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(call.at()).isEqualTo(Instant.parse("2026-01-01T00:00:05Z"));
    assertThat(call.millis()).isEqualTo(50);
    Cassette.Exchange exchange = call.exchanges().get(0);
    assertThat(exchange.inputTokens()).isEqualTo(7);
    assertThat(exchange.outputTokens()).isEqualTo(3);
    assertThat(exchange.millis()).isEqualTo(40);
  }

  @Test
  void leavesTimesOfFormerRecordingsOpen() {
    Cassette cassette = Cassette.read("c.jsonl", HEADER + EXCHANGE);

    assertThat(cassette.recordedAt()).isNull();
    assertThat(cassette.calls().get(0).at()).isNull();
    assertThat(cassette.calls().get(0).millis()).isEqualTo(Cassette.UNKNOWN_MILLIS);
    assertThat(cassette.calls().get(0).exchanges().get(0).millis())
        .isEqualTo(Cassette.UNKNOWN_MILLIS);
  }

  @Test
  void namesTheLineOfTheBrokenRecord() {
    assertThatThrownBy(() -> Cassette.read("c.jsonl", HEADER + "{\"session\":\"s\"}\n"))
        .hasMessageContaining("c.jsonl:2: not a line of a cassette: no \"call\"");
    assertThatThrownBy(() -> Cassette.read("c.jsonl", EXCHANGE))
        .hasMessageContaining("c.jsonl:1: ")
        .hasMessageContaining("must hold \"gild-cassette\"");
    assertThatThrownBy(() -> Cassette.read("c.jsonl", ""))
        .hasMessageContaining("c.jsonl: the cassette is empty");
  }

  @Test
  void continuesAfterATornLine() {
    for (int cut = 1; cut < EXCHANGE.length() - 1; cut++) {
      String torn = EXCHANGE.substring(0, cut);
      String next = EXCHANGE.replace("\"s\"", "\"t\"");
      String header = HEADER.replace("\"s\"", "\"t\"");

      assertThat(Cassette.read("c", HEADER + torn + "\n" + header + next).calls())
          .as("a new recording behind " + torn)
          .hasSize(1);
      assertThat(Cassette.read("c", HEADER + torn + next).calls())
          .as("another JVM's line right behind " + torn)
          .hasSize(1);
    }
  }

  @Test
  void namesTheSpoiledLine() {
    String spoiled = EXCHANGE.replace("\"end\":2,", "\"end\"2,");

    assertThatThrownBy(() -> Cassette.read("c.jsonl", HEADER + spoiled + EXCHANGE))
        .hasMessageContaining("c.jsonl:2: ");
  }
}
