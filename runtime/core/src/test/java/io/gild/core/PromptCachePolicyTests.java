package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gild.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PromptCachePolicyTests {

  private static final PromptCachePolicy OF_DESK =
      new PromptCachePolicy(Duration.ofMinutes(5), false);
  private static final PromptCachePolicy OF_CLERK =
      new PromptCachePolicy(Duration.ofHours(1), false);

  private static List<@Nullable PromptCachePolicy> policies(String mode, String outer) {
    String yaml =
        """
        mode: %s
        agents:
          - agent: desk
            prompt-cache: {ttl: 5m, send-key: false}
          - agent: clerk
            prompt-cache: {ttl: 1h, send-key: false}
        """
            .formatted(mode);
    List<@Nullable PromptCachePolicy> policies = new ArrayList<>();
    try (GildRuntime runtime =
        GildRuntime.builder()
            .settings(Settings.builder().yaml("gild.yaml", yaml).build())
            .build()) {
      for (String inner : List.of("clerk", "other")) {
        method(runtime, outer)
            .call(
                null,
                arguments ->
                    method(runtime, inner)
                        .call(
                            null,
                            same -> {
                              policies.add(
                                  PromptCachePolicy.of(
                                      Objects.requireNonNull(AgentCall.current())));
                              return "fine";
                            }));
      }
    }
    return policies;
  }

  private static GovernedMethod method(GildRuntime runtime, String agent) {
    return runtime.method(MethodSpec.of(agent, "com.acme.Desk", agent, "()Ljava/lang/String;"));
  }

  @Test
  void isThatOfTheNearestCall() {
    assertThat(policies("enforce", "desk")).containsExactly(OF_CLERK, OF_DESK);
    assertThat(policies("enforce", "unruled")).containsExactly(OF_CLERK, null);
  }

  @Test
  void isAbsentInObserveMode() {
    assertThat(policies("observe", "desk")).containsExactly(null, null);
  }

  @Test
  void rejectsALifetimeThatIsNotOffered() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PromptCachePolicy(Duration.ofMinutes(10), false))
        .withMessageContaining("ttl must be 5m or 1h");
  }
}
