package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ToolEffectTests {

  private final List<Object> payments = Collections.synchronizedList(new ArrayList<>());

  /** A late payment has begun. */
  private final CountDownLatch begun = new CountDownLatch(1);

  /** It may be made. */
  private final CountDownLatch allowed = new CountDownLatch(1);

  @Test
  void paysOnceAlthoughTheSecondTurnFails() {
    assertThat(answer("side-effect")).isEqualTo("paid 1");
    assertThat(payments).hasSize(1);
  }

  @Test
  void repeatsAToolThatMayRunAgain() {
    assertThat(answer("idempotent")).isEqualTo("paid 2");
    assertThat(payments).hasSize(2);
  }

  /** The first attempt fails while its payment is under way on another thread. */
  @Test
  void waitsForARunningPaymentOfAnEarlierAttempt() throws Exception {
    GildRuntime runtime = runtime("side-effect");
    GovernedMethod payment = runtime.method(spec(CallKind.TOOL, "payment_transfer"));
    GovernedMethod other = runtime.method(spec(CallKind.TOOL, "payment_other"));
    ExecutorService tools = Executors.newCachedThreadPool();
    Thread agent = Thread.currentThread();
    try {
      Object answer =
          runtime
              .method(spec(CallKind.AGENT, "answer"))
              .call(
                  null,
                  arguments -> {
                    if (AgentCall.current().attempts() == 1) {
                      tools.execute(
                          CallContext.capture()
                              .wrap(() -> payment.call(null, this::payLate, "five")));
                      begun.await();
                      throw new IOException("another tool failed");
                    }
                    other.call(null, this::pay, "one");
                    tools.execute(() -> {
                      while (payments.size() < 2 && agent.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                      }
                      allowed.countDown();
                    });
                    return payment.call(null, this::pay, "five");
                  });
      assertThat(answer).isEqualTo("paid 2");
      assertThat(payments).containsExactly("one", "five");
    } finally {
      tools.shutdownNow();
    }
  }

  /** The first attempt's payment is done when the second attempt has begun to pay others. */
  @Test
  void replaysAPaymentThatEndsDuringTheNextAttempt() throws Exception {
    GildRuntime runtime = runtime("side-effect");
    GovernedMethod payment = runtime.method(spec(CallKind.TOOL, "payment_transfer"));
    GovernedMethod other = runtime.method(spec(CallKind.TOOL, "payment_other"));
    CompletableFuture<Object> left = new CompletableFuture<>();
    ExecutorService tools = Executors.newCachedThreadPool();
    try {
      runtime
          .method(spec(CallKind.AGENT, "answer"))
          .call(
              null,
              arguments -> {
                if (AgentCall.current().attempts() == 1) {
                  tools.execute(
                      CallContext.capture()
                          .wrap(() -> left.complete(payment.call(null, this::payLate, "five"))));
                  begun.await();
                  throw new IOException("another tool failed");
                }
                other.call(null, this::pay, "one");
                allowed.countDown();
                left.get(10, TimeUnit.SECONDS);
                return payment.call(null, this::pay, "five");
              });
      assertThat(payments).containsExactly("one", "five");
    } finally {
      tools.shutdownNow();
    }
  }

  /** A stage must not be waited for, since this thread may be the one that completes it. */
  @Test
  void refusesARunningPaymentThatReturnsAStage() {
    GildRuntime runtime = runtime("side-effect");
    GovernedMethod payment =
        runtime.method(
            new MethodSpec(
                CallKind.TOOL,
                "desk",
                "",
                "com.acme.Desk",
                "payment_transfer",
                "(Ljava/lang/String;)Ljava/util/concurrent/CompletableFuture;",
                List.of(),
                Effect.NONE,
                PolicyTree.empty()));
    CompletableFuture<Object> underWay = new CompletableFuture<>();
    List<CompletableFuture<?>> stages = new ArrayList<>();

    runtime
        .method(spec(CallKind.AGENT, "answer"))
        .call(
            null,
            arguments -> {
              stages.add(
                  (CompletableFuture<?>)
                      payment.call(
                          null,
                          same -> {
                            payments.add(same[0]);
                            return underWay;
                          },
                          "five"));
              if (stages.size() == 1) {
                throw new IOException("another tool failed");
              }
              return "done";
            });

    assertThat(payments).hasSize(1);
    assertThat(stages.get(1))
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(EffectUnderWay.class)
        .withMessageContaining("payment_transfer of an earlier attempt still runs");
  }

  private static GildRuntime runtime(String effect) {
    return GildRuntime.builder()
        .settings(
            Settings.builder()
                .yaml("gild.yaml", "tools:\n- match: payment*\n  effect: " + effect + "\n")
                .build())
        .stages(new Once())
        .build();
  }

  /** An agent of two turns: a payment, then a request that fails in the first attempt. */
  private Object answer(String effect) {
    GildRuntime runtime = runtime(effect);
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

  private Object payLate(Object[] arguments) throws InterruptedException {
    begun.countDown();
    allowed.await();
    return pay(arguments);
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
