package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.Body;
import io.gild.core.CallKind;
import io.gild.core.Counts;
import io.gild.core.Counts.Event;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.RuntimeBuilder;
import io.gild.testkit.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Callers that have one question at the same time. */
class CacheFlightTests {

  private static final Settings SETTINGS =
      Settings.builder()
          .yaml(
              "gild.yaml",
              "agents:\n- match: com.acme.Desk#answer\n  cache: {maximum-size: 100000}\n")
          .build();

  private static final Question REFUNDS = new Question("refunds", () -> {});

  private final AtomicInteger runs = new AtomicInteger();
  private final CountDownLatch asking = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);

  /**
   * Callers run through the same questions side by side. Lincheck is not used: it follows neither
   * Caffeine nor a wait that may time out, and hangs.
   */
  @Test
  void makesOneCallForConcurrentCallersWithTheSameQuestion() throws Exception {
    int questions = 5_000;
    GovernedMethod method = method();
    AtomicIntegerArray calls = new AtomicIntegerArray(questions);
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int caller = 0; caller < 4; caller++) {
        all.add(
            callers.submit(() -> {
              for (int i = 0; i < questions; i++) {
                int question = i;
                assertThat(
                        method.call(
                            null,
                            arguments -> "run " + calls.incrementAndGet(question),
                            "question " + i))
                    .isEqualTo("run 1");
              }
            }));
      }
      for (Future<?> each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
    } finally {
      callers.shutdownNow();
    }
    Counts counts = method.counts();
    assertThat(counts.get(Event.CACHE_MISS)).isEqualTo(questions);
    assertThat(counts.get(Event.CACHE_HIT) + counts.get(Event.CACHE_SHARED))
        .isEqualTo(3L * questions);
  }

  /** The answer comes after a caller has not found it, and before it looks for a pending call. */
  @Test
  void findsAnAnswerThatArrivesBetweenTheTwoLookups() throws Exception {
    GovernedMethod method = method();
    FutureTask<Object> leader =
        call(
            method,
            arguments -> {
              asking.countDown();
              answer.await();
              return "answer " + runs.incrementAndGet();
            });
    asking.await();
    AtomicInteger hashed = new AtomicInteger();
    Runnable secondLookup =
        () -> {
          if (hashed.incrementAndGet() == 2) {
            answer.countDown();
            await(leader);
          }
        };

    Object followed =
        method.call(
            null,
            arguments -> "answer " + runs.incrementAndGet(),
            new Question("refunds", secondLookup));

    assertThat(followed).isEqualTo("answer 1");
    assertThat(runs).hasValue(1);
  }

  /** Equals others by its text. */
  private record Question(String text, Runnable whenHashed) {

    @Override
    public int hashCode() {
      whenHashed.run();
      return text.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Question that && that.text.equals(text);
    }
  }

  private static void await(FutureTask<Object> task) {
    try {
      task.get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void sharesAFailureAmongWaitingCallers() throws Exception {
    GovernedMethod method = method();
    FutureTask<Object> leader = call(method, this::fail);
    FutureTask<Object> follower = follower(method, this::fail);
    answer.countDown();

    assertThatThrownBy(() -> leader.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("down 1");
    assertThatThrownBy(() -> follower.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("down 1");
    assertThat(method.counts().get(Event.CACHE_SHARED)).isEqualTo(1);
    assertThat(method.call(null, arguments -> "answer", REFUNDS))
        .as("a later caller makes a new call")
        .isEqualTo("answer");
  }

  private Object fail(Object[] arguments) throws Exception {
    asking.countDown();
    answer.await();
    throw new IOException("down " + runs.incrementAndGet());
  }

  @Test
  void passesTheQuestionOfAnInterruptedLeaderToAnotherCaller() throws Exception {
    GovernedMethod method = method();
    Thread[] interrupted = new Thread[1];
    FutureTask<Object> leader =
        call(
            method,
            arguments -> {
              interrupted[0] = Thread.currentThread();
              asking.countDown();
              answer.await();
              return "never";
            });
    FutureTask<Object> one = follower(method, same -> "answer " + runs.incrementAndGet());
    FutureTask<Object> two = follower(method, same -> "answer " + runs.incrementAndGet());
    interrupted[0].interrupt();

    assertThatThrownBy(() -> leader.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(List.of(one.get(10, TimeUnit.SECONDS), two.get(10, TimeUnit.SECONDS)))
        .containsOnly("answer 1");
    assertThat(method.counts().get(Event.CACHE_MISS)).as("two callers have called").isEqualTo(2);
  }

  @Test
  void makesItsOwnCallWhenAWaitingCallerIsInterrupted() throws Exception {
    GovernedMethod method = method();
    FutureTask<Object> leader =
        call(
            method,
            arguments -> {
              asking.countDown();
              answer.await();
              return "answer";
            });
    asking.await();
    FutureTask<Object> waiting =
        new FutureTask<>(() -> method.call(null, a -> "own, " + Thread.interrupted(), REFUNDS));
    Thread follower = new Thread(waiting);
    follower.start();
    awaitWaiting(follower);
    follower.interrupt();

    assertThat(waiting.get(10, TimeUnit.SECONDS))
        .as("the flag is the method's")
        .isEqualTo("own, true");
    answer.countDown();
    assertThat(leader.get(10, TimeUnit.SECONDS)).isEqualTo("answer");
    assertThat(method.counts().get(Event.CACHE_SHARED)).isZero();
  }

  private static FutureTask<Object> call(GovernedMethod method, Body body) {
    FutureTask<Object> task = new FutureTask<>(() -> method.call(null, body, REFUNDS));
    new Thread(task).start();
    return task;
  }

  /** Calls after the leader's call began; returns when the call waits for it. */
  private FutureTask<Object> follower(GovernedMethod method, Body body) throws Exception {
    asking.await();
    FutureTask<Object> task = new FutureTask<>(() -> method.call(null, body, REFUNDS));
    Thread thread = new Thread(task);
    thread.start();
    awaitWaiting(thread);
    return task;
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }

  private static GovernedMethod method() {
    RuntimeBuilder builder = GildRuntime.builder().clock(ManualClock.create()).settings(SETTINGS);
    builder.module(new CostModule());
    return builder
        .build()
        .method(
            new MethodSpec(
                CallKind.AGENT,
                "support",
                "",
                "com.acme.Desk",
                "answer",
                "(Ljava/lang/String;)Ljava/lang/String;",
                List.of(
                    new MethodSpec.Parameter(
                        "question", "java.lang.String", MethodSpec.Role.PROMPT)),
                Effect.NONE,
                PolicyTree.empty()));
  }
}
