package io.gild.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cost of failed attempts, under real policies. */
class WasteTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static final String SETTINGS =
      """
      mode: enforce
      data: %s
      ledger: {enabled: true}
      agents:
        - agent: retried
          retry: {max-attempts: 3, wait-duration: 1ms}
        - agent: limited
          time-limit: {timeout-duration: 50ms}
      """;

  @TempDir Path data;

  private GildRuntime runtime = GildRuntime.builder().settings(Settings.defaults()).build();

  private void start() {
    runtime =
        GildRuntime.builder()
            .settings(Settings.builder().yaml("gild.yaml", SETTINGS.formatted(data)).build())
            .discover(getClass().getClassLoader())
            .build();
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  private GovernedMethod method(String agent, String result) {
    return runtime.method(MethodSpec.of(agent, "com.acme.Desk", agent, "()" + result));
  }

  private static void report(AgentCall call) {
    call.recordUsage("gpt-4o-mini", Usage.of(1_000, 100));
  }

  private static AgentCall current() {
    return Objects.requireNonNull(AgentCall.current());
  }

  private List<String> lines() throws Exception {
    assertThat(CallLedger.of(runtime).flush(SOON)).isTrue();
    List<String> lines = new ArrayList<>();
    new FolderLedger(data.resolve("ledger"), 1 << 20)
        .read(
            null,
            null,
            entry -> lines.add(entry.kind() + " of attempt " + entry.attempt()),
            problem -> assertThat(problem).isNull());
    return lines;
  }

  @Test
  void isWhatAnAttemptCostThatIsRetried() throws Exception {
    start();
    AtomicInteger attempts = new AtomicInteger();
    Object answer =
        method("retried", "Ljava/lang/String;")
            .call(
                null,
                arguments -> {
                  report(current());
                  if (attempts.incrementAndGet() == 1) {
                    throw new IOException("the connection was reset");
                  }
                  return "fine";
                });
    assertThat(answer).isEqualTo("fine");
    assertThat(lines())
        .containsExactly("USAGE of attempt 1", "WASTE of attempt 1", "USAGE of attempt 2");
  }

  @Test
  void isWhatSucceededInsideOfAFailedAttempt() throws Exception {
    start();
    GovernedMethod model = method("model", "Ljava/lang/String;");
    GovernedMethod retried = method("retried", "Ljava/lang/String;");
    assertThatThrownBy(() ->
            retried.call(
                null,
                arguments -> {
                  model.call(
                      null,
                      same -> {
                        report(current());
                        return "not JSON";
                      });
                  throw new IOException("the answer is not JSON");
                }))
        .isInstanceOf(IOException.class);
    assertThat(lines())
        .containsExactly(
            "USAGE of attempt 1",
            "WASTE of attempt 1",
            "USAGE of attempt 2",
            "WASTE of attempt 2",
            "USAGE of attempt 3",
            "WASTE of attempt 3");
  }

  @Test
  void isKnownWhenAnAsynchronousAttemptCompletes() throws Exception {
    start();
    AtomicInteger attempts = new AtomicInteger();
    Object stage =
        method("retried", "Ljava/util/concurrent/CompletableFuture;")
            .call(
                null,
                arguments -> {
                  report(current());
                  return attempts.incrementAndGet() == 1
                      ? CompletableFuture.failedFuture(new IOException("reset"))
                      : CompletableFuture.completedFuture("fine");
                });
    assertThat((CompletableFuture<?>) stage).succeedsWithin(SOON).isEqualTo("fine");
    assertThat(lines())
        .containsExactly("USAGE of attempt 1", "WASTE of attempt 1", "USAGE of attempt 2");
  }

  @Test
  void isWhatAnAttemptReportsAfterItWasGivenUp() throws Exception {
    start();
    CountDownLatch givenUp = new CountDownLatch(1);
    CountDownLatch reported = new CountDownLatch(1);
    assertThatThrownBy(() ->
            method("limited", "Ljava/lang/String;")
                .call(
                    null,
                    arguments -> {
                      AgentCall call = current();
                      awaitUninterruptibly(givenUp);
                      report(call);
                      reported.countDown();
                      return "late";
                    }))
        .isInstanceOf(Exception.class);
    givenUp.countDown();
    reported.await();
    assertThat(lines()).containsExactly("USAGE of attempt 0", "WASTE of attempt 0");
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      Thread.interrupted();
      Thread.onSpinWait();
    }
  }
}
