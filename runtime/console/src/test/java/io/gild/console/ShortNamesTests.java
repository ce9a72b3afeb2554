package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortNamesTests {

  private final ShortNames names = new ShortNames();

  @Test
  void givesEqualNamesOneText() {
    String first = names.of(new String("gpt-4o"));
    assertThat(names.of(new String("gpt-4o"))).isSameAs(first);
  }

  @Test
  void cutsLongNamesBetweenCharacters() {
    String long199 = "a".repeat(199);
    assertThat(names.of(long199 + "😀 and more")).isEqualTo(long199);
    assertThat(names.of("b".repeat(500))).hasSize(200);
  }

  @Test
  void keepsHostileNamesAsTheyAre() {
    for (int i = 0; i < 10_000; i++) {
      String hostile = "<script>" + i + "</script>\u001b[31m\u202e\r\n";
      assertThat(names.of(hostile)).isEqualTo(hostile);
    }
    assertThat(names.of(null)).isNull();
  }
}
