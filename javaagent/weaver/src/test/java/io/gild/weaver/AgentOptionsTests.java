package io.gild.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgentOptionsTests {

  @Test
  void readsPairs() {
    AgentOptions options = AgentOptions.parse("config=a=b.yaml, mode=enforce,verbose");
    assertThat(options.get("config")).isEqualTo("a=b.yaml");
    assertThat(options.get("mode")).isEqualTo("enforce");
    assertThat(options.verbose()).isTrue();
    assertThat(options.problems()).isEmpty();
  }

  @Test
  void acceptsMissingOptions() {
    assertThat(AgentOptions.parse(null).problems()).isEmpty();
    assertThat(AgentOptions.parse("").problems()).isEmpty();
    assertThat(AgentOptions.parse(null).verbose()).isFalse();
  }

  @Test
  void namesTheOptionThatWasMeant() {
    assertThat(AgentOptions.parse("mod=enforce").problems())
        .singleElement()
        .asString()
        .startsWith("unknown option \"mod\"; calls are only observed.")
        .endsWith("Did you mean \"mode\"?");
  }

  @Test
  void namesTheModeThatWasMeant() {
    assertThat(AgentOptions.parse("mode=enforced").problems())
        .singleElement()
        .asString()
        .isEqualTo(
            "unknown mode \"enforced\"; calls are only observed. Use one of enforce, inventory,"
                + " observe. Did you mean \"enforce\"?");
  }

  @Test
  void reportsAMissingValue() {
    assertThat(AgentOptions.parse("config").problems())
        .containsExactly("option \"config\" needs a value: config=...");
  }
}
