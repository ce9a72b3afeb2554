package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolEffectTests {

  private final List<Object> payments = new ArrayList<>();

  @Test
  void aPaymentOfTheFirstTurnHappensOnceAlthoughTheSecondTurnFails() {
    assertThat(answer("side-effect")).isEqualTo("paid 1");
    assertThat(payments).hasSize(1);
  }

  @Test
  void aToolThatMayRunAgainDoes() {
    assertThat(answer("idempotent")).isEqualTo("paid 2");
    assertThat(payments).hasSize(2);
  }

  /** An agent of two turns: a payment, then a request that fails in the first attempt. */
  private Object answer(String effect) {
    GildRuntime runtime =
        GildRuntime.builder()
            .settings(
                Settings.builder()
                    .yaml("gild.yaml", "tools:\n- match: payment*\n  effect: " + effect + "\n")
                    .build())
            .stages(new Once())
            .build();
    GovernedMethod payment = runtime.method(spec(CallKind.TOOL, "payment_transfer"));
    GovernedMethod model = runtime.method(spec(CallKind.CHAT, "chat"));
    List<String> wording =
        List.of("{\"to\": \"acme\", \"usd\": 5}", "{ \"usd\":5,\n \"to\":\"acme\" }");
    AgentCall[] agent = new AgentCall[1];
    return runtime
        .method(spec(CallKind.AGENT, "answer"))
        .call(
            null,
            arguments -> {
              agent[0] = AgentCall.current();
              int attempt = agent[0].attempts();
              Object paid = payment.call(null, this::pay, wording.get(attempt - 1));
              model.call(
                  null,
                  same -> {
                    if (attempt == 1) {
                      throw new IOException("HTTP 500");
                    }
                    return "done";
                  });
              return paid;
            });
  }

  private Object pay(Object[] arguments) {
    payments.add(arguments[0]);
    return "paid " + payments.size();
  }

  /** Repeats the outermost call once. */
  private static final class Once implements StageProvider {

    @Override
    public Phase phase() {
      return Phase.RETRY;
    }

    @Override
    public Stage stage(StageContext context) {
      return new Stage() {
        @Override
        public boolean exit(AgentCall call) {
          return call.parent() == null && call.failure() != null && call.attempts() < 2;
        }
      };
    }
  }

  private static MethodSpec spec(CallKind kind, String method) {
    return new MethodSpec(
        kind,
        "desk",
        "",
        "com.acme.Desk",
        method,
        "(Ljava/lang/String;)Ljava/lang/String;",
        List.of(),
        Effect.NONE,
        PolicyTree.empty());
  }
}
