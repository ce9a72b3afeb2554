package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTests {

  @Test
  void leavesOrdinaryTextAsItIs() {
    String text = "Grüße 你好 \uD83D\uDE00\tone\r\ntwo";
    assertThat(Printable.of(text)).isSameAs(text);
  }

  @Test
  void escapesControlCharactersOfTerminals() {
    assertThat(Printable.of("desk\u001b[2J\u0007\u009bx\u202ey\u2066\u0000"))
        .isEqualTo("desk\\u001b[2J\\u0007\\u009bx\\u202ey\\u2066\\u0000");
  }

  @Test
  void escapesFileNamesInProblems() {
    Settings broken = Settings.builder().yaml("gild.yaml", "\"mo\\e[31mde\": x").buildOrDefaults();
    assertThat(broken.problems())
        .singleElement()
        .asString()
        .contains("mo\\u001b[31mde")
        .doesNotContain("\u001b");
  }
}
