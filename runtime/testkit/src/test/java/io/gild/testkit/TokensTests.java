package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTests {

  @ParameterizedTest
  @CsvSource({"'', 1", "a, 1", "abcd, 1", "abcde, 2", "abcdefghi, 3"})
  void countsFourCharactersAsOneToken(String text, int tokens) {
    assertThat(Tokens.estimate(text)).isEqualTo(tokens);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "hello there, world", "Grüße 👋👋👋 👋"})
  void joinedChunksAreTheText(String text) {
    assertThat(String.join("", Tokens.chunks(text))).isEqualTo(text);
  }

  @Test
  void neverSplitsASurrogatePair() {
    assertThat(Tokens.chunks("abc👋def")).containsExactly("abc👋", "def");
  }
}
