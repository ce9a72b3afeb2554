package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import org.junit.jupiter.api.Test;

class ReloadTests {

  private final GildRuntime runtime =
      GildRuntime.builder().settings(settings("retry: {max-attempts: 3}")).build();
  private final GovernedMethod changing = method("answer");
  private final GovernedMethod constant = method("other");

  @Test
  void givesChangedMethodsTheirNewPolicies() {
    runtime.reload(settings("retry: {max-attempts: 7}"));

    assertThat(changing.policies().retry().maxAttempts()).isEqualTo(7);
    assertThat(constant.policies().retry()).isNull();
  }

  @Test
  void leavesMethodsAloneWhosePoliciesStay() {
    Object before = constant.policies();

    runtime.reload(settings("retry: {max-attempts: 7}"));

    assertThat(constant.policies()).as("the very same plan").isSameAs(before);
  }

  @Test
  void observesOnlyWhenTheModeSaysSo() {
    runtime.reload(
        Settings.builder()
            .yaml(
                "gild.yaml", "mode: observe\nagents:\n- match: com.acme.Desk#answer\n  retry: {}\n")
            .build());

    assertThat(changing.policies().retry()).isNull();
    assertThat(changing.policies().observe()).isNotNull();
  }

  @Test
  void doesNothingWhenItIsSwitchedOff() {
    runtime.reload(Settings.builder().yaml("gild.yaml", "enabled: false").build());

    assertThat(changing.policies().mask()).isZero();
  }

  @Test
  void governsNothingAnyMoreOnceItIsClosed() {
    runtime.close();

    assertThat(changing.policies().mask()).isZero();
    assertThat(changing.call(null, arguments -> "answer", "question")).isEqualTo("answer");
  }

  private GovernedMethod method(String name) {
    return runtime.method(
        MethodSpec.of("desk", "com.acme.Desk", name, "(Ljava/lang/String;)Ljava/lang/String;"));
  }

  private static Settings settings(String policies) {
    return Settings.builder()
        .yaml("gild.yaml", "agents:\n- match: com.acme.Desk#answer\n  " + policies + "\n")
        .build();
  }
}
