package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextHashTests {

  @Test
  void hashesTextsAsFnvDoes() {
    assertThat(TextHash.of("")).isEqualTo(0xcbf29ce484222325L);
    assertThat(TextHash.of("a")).isEqualTo(0xaf63dc4c8601ec8cL);
  }
}
