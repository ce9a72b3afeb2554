package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** No module is on the class path of these tests. */
class AbsentModulesTests {

  @Test
  void keysOfAbsentModulesHaveNoEffect() {
    Settings settings =
        Settings.builder()
            .yaml(
                "gild.yaml",
                """
                mode: enforce
                defaults: {retry: {max-attempts: 5}}
                agents:
                - match: com.acme.Desk#answer
                  circuit-breaker: {}
                tiers: {small: {model: my-model}}
                gates: {production: 1}
                """)
            .environment(Map.of("GILD_TIERS_SMALL_MODEL", "other"))
            .systemProperties(Map.of("gild.defaults.retry.max-attempts", "7"))
            .build();

    assertThat(settings.mode()).isEqualTo(Mode.ENFORCE);
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.policies("a", "com.acme.Desk", "answer", PolicyTree.empty()))
        .isEqualTo(Policies.none());
    assertThat(settings.values("tiers").child("small").get("model")).isEqualTo("my-model");
  }

  @Test
  void otherUnknownKeysAreStillMistakes() {
    assertThatThrownBy(
            () -> Settings.builder().yaml("gild.yaml", "tires: {small: {model: my-model}}").build())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("tires: unknown key. Did you mean \"tiers\"?");
  }
}
