package io.gild.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import io.gild.core.Body;
import io.gild.core.BulkheadFull;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.RuntimeBuilder;
import io.gild.core.TimeLimitExceeded;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What policies make of the interrupt of a caller: nothing; it is the method's. */
class InterruptTests {

  private final CountDownLatch inside = new CountDownLatch(1);

  @AfterEach
  void forgetsTheInterrupt() {
    Thread.interrupted();
  }

  private static GovernedMethod method(String policies) {
    String yaml = "agents:\n- match: '*#answer'\n  " + policies + "\n";
    RuntimeBuilder builder =
        GildRuntime.builder().settings(Settings.builder().yaml("gild.yaml", yaml).build());
    builder.module(new ReliabilityModule());
    return builder
        .build()
        .method(
            MethodSpec.of(
                "support",
                Desk.class.getName(),
                "answer",
                "(Ljava/lang/String;)Ljava/lang/String;"));
  }

  /** A desk that locks itself. */
  private static final class Desk {
    @SuppressWarnings("unused") // found by its name
    synchronized String answer(String question) {
      return question;
    }
  }

  /** A desk that does not. */
  private static final class Open {
    @SuppressWarnings("unused") // found by its name
    String answer(String question) {
      return question;
    }
  }

  @Test
  void admitsAnInterruptedCallerToAnEmptyBulkhead() {
    GovernedMethod method = method("bulkhead: {max-concurrent-calls: 100000}");
    Thread.currentThread().interrupt();

    assertThat(method.call(null, arguments -> "answer", "question")).isEqualTo("answer");
    assertThat(Thread.interrupted()).as("the flag").isTrue();
  }

  @Test
  void refusesAnInterruptedCallerAtAFullBulkheadAtOnce() throws Exception {
    GovernedMethod method = method("bulkhead: {max-concurrent-calls: 1, max-wait-duration: 1h}");
    CountDownLatch open = new CountDownLatch(1);
    FutureTask<@Nullable Object> holder =
        elsewhere(
            method,
            arguments -> {
              inside.countDown();
              open.await();
              return "first";
            });
    inside.await();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> method.call(null, arguments -> "second", "question"))
        .isInstanceOf(BulkheadFull.class);
    assertThat(Thread.interrupted()).as("the flag").isTrue();
    open.countDown();
    assertThat(holder.get(10, TimeUnit.SECONDS)).isEqualTo("first");
    assertThat(method.call(null, arguments -> "third", "question")).isEqualTo("third");
  }

  @Test
  void admitsAnInterruptedCallerBelowTheRateLimit() {
    GovernedMethod method = method("rate-limit: {limit-for-period: 2, limit-refresh-period: 1h}");
    Thread.currentThread().interrupt();

    assertThat(method.call(null, arguments -> "answer", "question")).isEqualTo("answer");
    assertThat(Thread.interrupted()).as("the flag").isTrue();
  }

  @Test
  void passesAnInterruptToTheMethodUnderATimeLimit() throws Exception {
    GovernedMethod method = method("time-limit: {timeout-duration: 1h}");
    FutureTask<@Nullable Object> task =
        elsewhere(
            method,
            arguments -> {
              try {
                inside.countDown();
                new CountDownLatch(1).await();
                return "never";
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped");
              }
            });
    inside.await();
    caller.interrupt();

    assertThat(task.get(10, TimeUnit.SECONDS))
        .isEqualTo("java.lang.IllegalStateException: stopped, true");
  }

  @Test
  void waitsForAMethodThatIgnoresAnInterruptUnderATimeLimit() throws Exception {
    GovernedMethod method = method("time-limit: {timeout-duration: 1h}");
    CountDownLatch open = new CountDownLatch(1);
    FutureTask<@Nullable Object> task =
        elsewhere(
            method,
            arguments -> {
              inside.countDown();
              while (open.getCount() > 0) {
                Thread.onSpinWait();
              }
              return "answer";
            });
    inside.await();
    caller.interrupt();
    open.countDown();

    assertThat(task.get(10, TimeUnit.SECONDS)).isEqualTo("answer, true");
  }

  @Test
  void keepsTheInterruptOfTheCallerUnderATimeLimit() {
    GovernedMethod method = method("time-limit: {timeout-duration: 50ms}");
    CountDownLatch never = new CountDownLatch(1);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() ->
            method.call(
                null,
                arguments -> {
                  while (true) {
                    try {
                      never.await();
                    } catch (InterruptedException deaf) {
                      continue;
                    }
                  }
                },
                "question"))
        .isInstanceOf(TimeLimitExceeded.class);
    assertThat(Thread.interrupted()).as("the flag").isTrue();
    never.countDown();
  }

  @Test
  void runsASynchronizedMethodOnTheCallersThread() {
    GovernedMethod method = method("time-limit: {timeout-duration: 1h}");
    assertThat(method.call(new Desk(), arguments -> Thread.currentThread(), "question"))
        .isSameAs(Thread.currentThread());
  }

  @Test
  void doesNotLockOutACallerThatHoldsTheMonitor() {
    GovernedMethod method = method("time-limit: {timeout-duration: 1h}");
    Open desk = new Open();
    Body body =
        arguments -> {
          synchronized (desk) {
            return Thread.currentThread();
          }
        };
    synchronized (desk) {
      assertThat(method.call(desk, body, "question")).isSameAs(Thread.currentThread());
    }
    assertThat(method.call(desk, body, "question")).isNotSameAs(Thread.currentThread());
  }

  private volatile Thread caller = Thread.currentThread();

  /** Calls on a thread of its own; returns the answer or the failure, and the flag behind it. */
  private FutureTask<@Nullable Object> elsewhere(GovernedMethod method, Body body) {
    FutureTask<@Nullable Object> task =
        new FutureTask<>(() -> {
          Object result;
          try {
            result = method.call(null, body, "question");
          } catch (Throwable failure) {
            result = failure;
          }
          return Thread.currentThread().isInterrupted() ? result + ", true" : result;
        });
    Thread thread = new Thread(task);
    caller = thread;
    thread.start();
    return task;
  }
}
