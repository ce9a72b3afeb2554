package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlsOfCostTests {

  private final GildRuntime runtime =
      GildRuntime.builder()
          .settings(
              Settings.builder()
                  .yaml(
                      "test",
                      """
                      budget-accounts: {store: in-process}
                      budgets:
                        daily: {limit: 1, period: 1d}
                      agents:
                        - agent: support
                          cache: {ttl: 10m}
                          cost: {budget: daily}
                      """)
                  .build())
          .module(new CostModule())
          .build();

  private final GovernedMethod method =
      runtime.method(
          MethodSpec.of(
              "support", "com.acme.Support", "answer", "(Ljava/lang/String;)Ljava/lang/String;"));

  @AfterEach
  void end() {
    runtime.close();
  }

  private Controllable owner(String kind) {
    return method.controllables().stream()
        .filter(each -> each.controls().stream().anyMatch(other -> other.kind().equals(kind)))
        .findFirst()
        .orElseThrow();
  }

  private Control control(String kind) {
    return owner(kind).controls().get(0);
  }

  private String call(String question) {
    AgentCall call = method.begin(null, question);
    while (call.proceed()) {
      call.recordUsage("gpt-4o", Usage.of(100_000, 0));
      call.returned("answer");
    }
    call.result();
    return String.valueOf(call.cacheResult());
  }

  @Test
  void clearsACacheByHand() {
    call("one");
    call("two");
    assertThat(call("one")).isEqualTo("hit");
    assertThat(control("cache").words()).startsWith("2 of at most");
    assertThat(control("cache").facts().get("hits")).isEqualTo(1L);
    assertThat(control("cache").facts().get("misses")).isEqualTo(2L);
    assertThat(owner("cache").operate(control("cache"), "clear"))
        .isEqualTo("The cache of support.answer is empty.");
    assertThat(call("one")).isEqualTo("miss");
    assertThatThrownBy(() -> owner("cache").operate(control("cache"), "fill"))
        .hasMessageContaining("can only be cleared");
  }

  @Test
  void showsWhatABudgetHasSpent() {
    call("one");
    assertThat(control("budget").words()).isEqualTo("0.25 of 1 USD spent in this period of 1d");
    assertThat(control("budget").facts().get("usedShare")).isEqualTo(0.25);
    assertThat(control("budget").facts().get("period")).isEqualTo("1d");
  }
}
