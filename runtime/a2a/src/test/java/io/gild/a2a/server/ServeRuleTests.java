package io.gild.a2a.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeRuleTests {

  @ParameterizedTest
  @CsvSource({
    "com.acme.Desk#answer, Desk",
    "com.acme.Shop$Desk#answer, Desk",
    "Desk#answer, Desk",
  })
  void namesTheAgentAfterItsClass(String match, String agent) {
    ServeRule rule = new ServeRule(match, null, null);

    assertThat(rule.agent()).isEqualTo(agent);
    assertThat(rule.method()).isEqualTo("answer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.acme.Desk.answer | desk | match must name class and method",
        "com.acme.Desk#* | desk | match must name one method",
        "com.acme.*Desk#answer | | name is needed where the class of match is a pattern",
        "com.acme.Desk#answer | my desk | name must be 1 to 128 letters",
      })
  void rejects(String match, String name, String message) {
    assertThatThrownBy(() -> new ServeRule(match, name, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void rejectsASkillThatIsNamedTwice() {
    ServeRule first = new ServeRule("com.acme.Desk#answer", "desk", null);
    ServeRule second = new ServeRule("com.acme.Shop#answer", "desk", null);

    assertThatThrownBy(() -> new ServeSettings(List.of(first, second)))
        .hasMessage(
            "serve must name each skill of an agent once, but names answer of desk again"
                + " (com.acme.Shop#answer)");
  }

  @Test
  void isReadFromSettings() {
    Settings settings =
        Settings.builder()
            .yaml(
                "gild.yaml",
                "a2a: {port: 8080, serve: [{match: com.acme.Desk#answer, name: desk}]}")
            .build();

    assertThat(settings.get(ServeSettings.SECTION).serve())
        .containsExactly(new ServeRule("com.acme.Desk#answer", "desk", null));
    assertThat(settings.get(A2aSettings.SECTION).port()).isEqualTo(8080);
  }
}
