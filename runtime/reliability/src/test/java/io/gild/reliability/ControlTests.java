package io.gild.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import io.gild.core.AgentCall;
import io.gild.core.BreakerOpen;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlTests {

  private final GildRuntime runtime =
      GildRuntime.builder()
          .settings(
              Settings.builder()
                  .yaml(
                      "test",
                      """
                      agents:
                        - agent: support
                          circuit-breaker: {}
                          bulkhead: {max-concurrent-calls: 2}
                          rate-limit: {limit-for-period: 5, limit-refresh-period: 1h}
                      """)
                  .build())
          .module(new ReliabilityModule())
          .build();

  private final GovernedMethod method =
      runtime.method(
          MethodSpec.of("support", "com.acme.Support", "answer", "()Ljava/lang/String;"));

  @AfterEach
  void end() {
    runtime.close();
  }

  private Control control(String kind) {
    return method.controllables().stream()
        .flatMap(each -> each.controls().stream())
        .filter(each -> each.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private String operate(String kind, String action) {
    Control control = control(kind);
    Controllable owner =
        method.controllables().stream()
            .filter(each -> each.controls().stream().anyMatch(other -> other.kind().equals(kind)))
            .findFirst()
            .orElseThrow();
    return owner.operate(control, action);
  }

  private void call() {
    AgentCall call = method.begin(null);
    while (call.proceed()) {
      call.returned("answer");
    }
    call.result();
  }

  @Test
  void opensAndClosesABreakerByHand() {
    call();
    assertThat(control("circuitbreaker"))
        .extracting(Control::state, Control::words, Control::actions)
        .containsExactly("closed", "0 of the last 1 attempts failed", List.of("open"));
    assertThat(operate("circuitbreaker", "open"))
        .isEqualTo("The circuit breaker support.answer is open.");
    assertThatThrownBy(this::call).isInstanceOf(BreakerOpen.class);
    assertThat(control("circuitbreaker").actions()).containsExactly("close");
    operate("circuitbreaker", "close");
    call();
    assertThatThrownBy(() -> operate("circuitbreaker", "break"))
        .hasMessageContaining("can open and close");
  }

  @Test
  void showsHowFullABulkheadIs() {
    AgentCall running = method.begin(null);
    assertThat(running.proceed()).isTrue();
    assertThat(control("bulkhead").words()).isEqualTo("1 of 2 calls at once");
    running.returned("answer");
    assertThat(running.proceed()).isFalse();
    assertThat(control("bulkhead").words()).isEqualTo("0 of 2 calls at once");
  }

  @Test
  void showsWhatIsLeftOfARateLimit() {
    call();
    assertThat(control("ratelimiter").words()).isEqualTo("4 of 5 calls left in this period of 1h");
  }
}
