package io.gild.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTests {

  @ParameterizedTest
  @CsvSource({
    "a.b, a.b, true",
    "a.b, a.c, false",
    "a.b, a, false",
    "a, a.b, false",
    "a.*, a.b, true",
    "a.*, a, false",
    "a.*, a.b.c, false",
    "*.b, a.b, true",
    "*.b, a.c, false",
    "*, a, true",
    "*, a.b, false",
    "a.>, a.b, true",
    "a.>, a.b.c, true",
    "a.>, a, false",
    "a.*.>, a.b.c, true",
    "a.*.>, a.b, false",
    ">, a, true",
    ">, a.b.c, true",
    "ab.c, a.c, false",
    "a.c, ab.c, false",
  })
  void matchesTokenByToken(String pattern, String topic, boolean expected) {
    assertThat(Topics.matches(Topics.requirePattern(pattern), Topics.requireName(topic)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a b", "a.*", "a.>", "é", "a\n", "a/b"})
  void rejectsAnInvalidName(String name) {
    assertThatThrownBy(() -> Topics.requireName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("orders.eu.created");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ">.a", "a.>.b", "a*", "a.b>", "**", "a..*", ".>"})
  void rejectsAnInvalidPattern(String pattern) {
    assertThatThrownBy(() -> Topics.requirePattern(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("orders.>");
  }

  @Test
  void rejectsALongName() {
    assertThat(Topics.requireName("a".repeat(255))).hasSize(255);
    assertThatThrownBy(() -> Topics.requireName("a".repeat(256)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesEveryAgentItsOwnInbox() {
    assertThat(Topics.inbox("support")).isEqualTo("inbox.support");
    assertThat(Topics.inbox("com.acme.Bot")).isEqualTo("inbox.com%2eacme%2eBot");
    assertThat(Topics.inbox("com%2eacme")).isNotEqualTo(Topics.inbox("com.acme"));
    assertThat(Topics.requireName(Topics.inbox("Zoë *>\n"))).startsWith("inbox.Zo");
    assertThat(Topics.isInbox(Topics.inbox("a"))).isTrue();
    assertThat(Topics.isInbox("inboxes.a")).isFalse();
    assertThatThrownBy(() -> Topics.inbox("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Topics.inbox("é".repeat(60)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
