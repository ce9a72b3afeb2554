package io.gild.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.AgentCall;
import io.gild.core.CallContext;
import io.gild.core.CallKind;
import io.gild.core.CallReference;
import io.gild.core.Counts;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.RuntimeBuilder;
import io.gild.core.TimeLimitExceeded;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of an attempt that was abandoned while it ran, and of its requests. */
class AbandonedAttemptTests {

  private static final String YAML =
      """
      mode: enforce
      models:
        time-limit: {timeout-duration: 500ms}
        retry: {max-attempts: 20, wait-duration: 0s}
      """;

  private final CountDownLatch secondSent = new CountDownLatch(1);
  private final CompletableFuture<Boolean> lateOne = new CompletableFuture<>();
  private final CompletableFuture<Boolean> carriedOne = new CompletableFuture<>();
  private final AtomicInteger attempts = new AtomicInteger();

  private static GovernedMethod model(String yaml) {
    RuntimeBuilder builder =
        GildRuntime.builder().settings(Settings.builder().yaml("gild.yaml", yaml).build());
    builder.module(new ReliabilityModule());
    return builder
        .build()
        .method(
            new MethodSpec(
                CallKind.CHAT,
                "support",
                "",
                "com.acme.Model",
                "chat",
                "(Ljava/lang/Object;)Ljava/lang/Object;",
                List.of(),
                Effect.NONE,
                PolicyTree.empty()));
  }

  private static boolean send() {
    return AgentCall.current().httpAttempt("POST", "localhost", 1).abandoned();
  }

  private Object attempt(Object[] arguments) {
    if (attempts.incrementAndGet() > 1) {
      assertThat(send()).as("the attempt that is waited for").isFalse();
      secondSent.countDown();
      return "answer";
    }
    CallReference carried = AgentCall.current().reference();
    while (secondSent.getCount() > 0) {
      try {
        secondSent.await();
      } catch (InterruptedException deaf) {
        // Like a client that retries after any answer.
      }
    }
    lateOne.complete(send());
    carriedOne.complete(carried.isAbandoned());
    return "late";
  }

  @Test
  void marksAbandonedRequestsAndDoesNotCountThemAsRetries() throws Exception {
    GovernedMethod model = model(YAML);

    assertThat(model.call(null, this::attempt, "question")).isEqualTo("answer");

    assertThat(lateOne.get(10, TimeUnit.SECONDS)).as("the late request").isTrue();
    assertThat(carriedOne.get(10, TimeUnit.SECONDS)).as("what it left elsewhere").isTrue();
    assertThat(model.counts().get(Counts.Event.HTTP_ATTEMPT)).isGreaterThanOrEqualTo(2);
    assertThat(model.retryLayers().requestsPerModelAttempt()).isEqualTo(1);
  }

  private static final String SHORT =
      """
      mode: enforce
      models:
        time-limit: {timeout-duration: 200ms, cancel-running-future: %s}
      """;

  private static void waitUninterruptibly(CountDownLatch released) {
    while (released.getCount() > 0) {
      try {
        released.await();
      } catch (InterruptedException deaf) {
        // Like a thread that reads from a socket.
      }
    }
  }

  @Test
  void endsTheRequestOfABlockingAttempt() {
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);

    assertThatThrownBy(() ->
            model(SHORT.formatted(true))
                .call(
                    null,
                    arguments -> {
                      CallContext.releasedBy(released, CountDownLatch::countDown);
                      waitUninterruptibly(released);
                      left.countDown();
                      return "late";
                    },
                    "question"))
        .isInstanceOf(TimeLimitExceeded.class);

    waitUninterruptibly(left);
  }

  @Test
  void endsTheRequestOfAFutureOnAnotherThread() {
    CountDownLatch released = new CountDownLatch(1);
    CompletableFuture<Object> own = new CompletableFuture<>();

    CompletableFuture<Object> answer =
        model(SHORT.formatted(true))
            .callAsync(
                null,
                arguments -> {
                  CallContext.executor(task -> new Thread(task).start())
                      .execute(() -> CallContext.releasedBy(released, CountDownLatch::countDown));
                  return own;
                },
                "question");

    assertThatThrownBy(answer::join).hasCauseInstanceOf(TimeLimitExceeded.class);
    waitUninterruptibly(released);
    assertThatThrownBy(own::join).isInstanceOf(CancellationException.class);
  }

  @Test
  void keepsTheRequestsOfAnAttemptThatMayContinue() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    CompletableFuture<Object> own = new CompletableFuture<>();

    CompletableFuture<Object> answer =
        model(SHORT.formatted(false))
            .callAsync(
                null,
                arguments -> {
                  CallContext.releasedBy(released, CountDownLatch::countDown);
                  return own;
                },
                "question");

    assertThatThrownBy(answer::join).hasCauseInstanceOf(TimeLimitExceeded.class);
    assertThat(own.complete("late")).isTrue();
    assertThat(released.getCount()).isOne();
  }
}
