package io.gild.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.A2aRole;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeJsonTests {

  private static final String MESSAGE =
      "\"message\":{\"messageId\":\"m\",\"role\":\"ROLE_USER\",\"parts\":[{\"text\":\"hi\"}]}";

  @Test
  void readsWhatItWrites() {
    Envelope whole =
        Envelope.builder(
                "orders.eu",
                Intent.NEED_INPUT,
                A2aMessage.of(
                        A2aRole.AGENT,
                        List.of(
                            A2aPart.text("é\n\u0000 \uD83D\uDE00"),
                            A2aPart.data(Map.of("price", new BigDecimal("1.50"))),
                            A2aPart.raw(new byte[] {0, -1}, "a.bin", null)))
                    .in("context", "task"))
            .correlationId("c")
            .causationId("d")
            .idempotencyKey("k")
            .deadline(Instant.parse("2026-01-31T12:00:00.123456789Z"))
            .tenant("acme")
            .traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .orderingKey("o")
            .replyTo("inbox.me")
            .header("later", Map.of("a", List.of(1L, true)))
            .build();
    assertThat(EnvelopeJson.read(EnvelopeJson.write(whole))).isEqualTo(whole);
    Envelope least = Envelope.builder("a", Intent.PUBLISH, A2aMessage.ofUser("")).build();
    assertThat(EnvelopeJson.read(EnvelopeJson.write(least))).isEqualTo(least);
    assertThat(least.idempotencyKey()).isEqualTo(least.id());
    assertThat(whole.toBuilder().build()).isEqualTo(whole);
  }

  @Test
  void keepsFieldsThatItDoesNotKnow() {
    Envelope read =
        EnvelopeJson.read(
            "{\"id\":\"1\",\"topic\":\"a\",\"intent\":\"Publish\",\"tenant\":\"\",\"replyTo\":null,\"new\":{\"x\":1},\"none\":null,"
                + MESSAGE
                + "}");
    assertThat(read.headers()).containsOnly(Map.entry("new", Map.of("x", 1L)));
    assertThat(read.message().text()).isEqualTo("hi");
    assertThat(EnvelopeJson.write(read)).contains("\"new\":{\"x\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"id\":\"1\",\"topic\":\"a\",\"intent\":\"publish\"}",
        "{\"id\":\"1\",\"topic\":\"a\",\"intent\":\"publish\",\"message\":\"hi\"}",
        "{\"id\":\"1\",\"topic\":\"a\",\"intent\":\"publish\",\"message\":{}}",
        "{\"topic\":\"a\",\"intent\":\"publish\"," + MESSAGE + "}",
        "{\"id\":7,\"topic\":\"a\",\"intent\":\"publish\"," + MESSAGE + "}",
        "{\"id\":\"1\",\"topic\":\"a.*\",\"intent\":\"publish\"," + MESSAGE + "}",
        "{\"id\":\"1\",\"topic\":\"a\",\"intent\":\"publish\",\"deadline\":\"soon\","
            + MESSAGE
            + "}",
      })
  void rejectsWhatIsNoMessage(String text) {
    assertThatThrownBy(() -> EnvelopeJson.read(text))
        .isInstanceOf(UnreadableMessageException.class);
  }

  @Test
  void rejectsAHeaderWithTheNameOfAField() {
    Envelope bad =
        Envelope.builder("a", Intent.PUBLISH, A2aMessage.ofUser("")).header("topic", "b").build();
    assertThatThrownBy(() -> EnvelopeJson.write(bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set it by its own method");
  }

  @Test
  void bringsItsIntentAlongAsA2a() {
    Envelope envelope = Envelope.builder("a", Intent.BID, A2aMessage.ofUser("7")).build();
    assertThat(Intent.of(envelope.toA2a())).isEqualTo(Intent.BID);
  }
}
