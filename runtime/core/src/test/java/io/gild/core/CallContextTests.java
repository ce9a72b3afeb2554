package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.config.Usage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallContextTests {

  private final ExecutorService pool = Executors.newSingleThreadExecutor();
  private final GovernedMethod method =
      GildRuntime.builder()
          .settings(Settings.defaults())
          .build()
          .method(MethodSpec.of("desk", "com.acme.Desk", "answer", "()Ljava/lang/String;"));

  @AfterEach
  void close() {
    pool.shutdownNow();
  }

  @Test
  void transfersTheCallToAPoolThreadAndRemovesItAfterwards() throws Exception {
    AgentCall call = method.begin(null);
    AgentCall seen =
        pool.submit(CallContext.capture().wrapCallable(AgentCall::current))
            .get(10, TimeUnit.SECONDS);

    assertThat(seen).isSameAs(call);
    assertThat(pool.submit(AgentCall::current).get(10, TimeUnit.SECONDS)).isNull();
    finish(call);
  }

  @Test
  void removesTheCallWhenTheTaskThrows() throws Exception {
    AgentCall call = method.begin(null);
    CompletableFuture<Void> failed =
        CompletableFuture.runAsync(
            CallContext.capture()
                .wrap(() -> {
                  throw new IllegalStateException("task");
                }),
            pool);

    assertThat(failed).failsWithin(java.time.Duration.ofSeconds(10));
    assertThat(pool.submit(AgentCall::current).get(10, TimeUnit.SECONDS)).isNull();
    finish(call);
  }

  @Test
  void attributesTheTokensOfAnExecutorsTasksToTheCall() {
    Executor carrying = CallContext.executor(pool);
    AgentCall call = method.begin(null);

    CompletableFuture.runAsync(
            () -> AgentCall.current().recordUsage("gpt-4o-mini", Usage.of(10, 5)), carrying)
        .orTimeout(10, TimeUnit.SECONDS)
        .join();

    assertThat(call.facts().usage().outputTokens()).isEqualTo(5);
    finish(call);
  }

  private static void finish(AgentCall call) {
    while (call.proceed()) {
      call.returned("answer");
    }
    assertThat(AgentCall.current()).isNull();
  }
}
