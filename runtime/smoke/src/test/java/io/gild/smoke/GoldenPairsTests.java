package io.gild.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gild.golden.GoldenFile;
import io.gild.golden.GoldenSpec;
import io.gild.judging.ScorePair;
import io.gild.operations.GoldenSettings;
import io.gild.operations.RolloutException;
import io.gild.smoke.spi.AgentAsker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GoldenPairsTests {

  private static final AgentAsker RIGHT = (input, timeout) -> "30 days";
  private static final AgentAsker WRONG = (input, timeout) -> "never";

  private final List<ScorePair> begun = new ArrayList<>();
  private GoldenPairs pairs;

  @AfterEach
  void close() {
    if (pairs != null) {
      pairs.close();
    }
  }

  private static List<GoldenSpec> tasks(String yaml) {
    return GoldenFile.read("tasks.yaml", yaml).tasks().stream().map(GoldenFile.Task::spec).toList();
  }

  private static List<GoldenSpec> three() {
    return tasks(
        """
        defaults: {validator: contains}
        tasks:
          - {id: a, input: a, expected: 30}
          - {id: b, input: b, expected: 30}
          - {id: c, input: c, expected: 30}
        """);
  }

  private void start(List<GoldenSpec> tasks, AgentAsker stable, AgentAsker canary)
      throws RolloutException {
    GoldenSettings settings =
        new GoldenSettings(null, null, null, null, Duration.ofMillis(1), Duration.ofSeconds(30));
    pairs = new GoldenPairs(tasks, stable, canary, new AnswerScorer(), settings, 1);
    begun.addAll(pairs.read().golden()); // the first reading begins, and can bring pairs already
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the condition came true").isLessThan(deadline);
      Thread.sleep(2);
    }
  }

  /** Reads until there are as many pairs. */
  private List<ScorePair> read(int count) throws Exception {
    List<ScorePair> read = new ArrayList<>(begun);
    begun.clear();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (read.size() < count) {
      assertThat(System.nanoTime()).as(pairs.summary()).isLessThan(deadline);
      read.addAll(pairs.read().golden());
      Thread.sleep(2);
    }
    return read;
  }

  @Test
  void scoresBothAnswersOfEachTask() throws Exception {
    start(three(), RIGHT, WRONG);

    List<ScorePair> read = read(9);

    assertThat(read)
        .allSatisfy(pair -> {
          assertThat(pair.stable()).isEqualTo(1);
          assertThat(pair.canary()).isZero();
        });
    assertThat(read).extracting(ScorePair::task).contains("a", "b", "c");
    assertThat(pairs.unhealthy(true)).isEmpty();
  }

  @Test
  void asksEachTaskOnceInARound() {
    TaskOrder order = new TaskOrder(three(), 7);
    for (int round = 0; round < 20; round++) {
      Set<String> asked = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        asked.add(order.next().id());
      }
      assertThat(asked).hasSize(3);
    }
  }

  @Test
  void scoresAFailureOfOneVersionWithZero() throws Exception {
    start(
        three(),
        RIGHT,
        (input, timeout) -> {
          throw new AgentAsker.NoAnswerException("/answer answered 500");
        });

    assertThat(read(6)).allSatisfy(pair -> assertThat(pair.canary()).isZero());
    assertThat(pairs.unhealthy(true)).as("it answers, though badly").isEmpty();
    assertThat(pairs.summary()).contains("the new version=");
  }

  @Test
  void reportsANewVersionThatIsSilentSeveralTimesInARow() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    start(
        three(),
        RIGHT,
        (input, timeout) -> {
          if (asked.incrementAndGet() == 3) {
            return "30 days";
          }
          throw new IOException("connection refused");
        });

    await(() -> !pairs.unhealthy(true).isEmpty());

    assertThat(asked.get()).isGreaterThanOrEqualTo(3 + 5);
    assertThat(pairs.unhealthy(true)).contains("the new version does not answer", "refused");
    assertThat(pairs.unhealthy(false)).isEmpty();
  }

  @Test
  void measuresNothingWhileThePresentVersionIsSilent() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    start(
        three(),
        (input, timeout) -> {
          asked.incrementAndGet();
          throw new IOException("connection refused");
        },
        RIGHT);
    await(() -> asked.get() > 20);

    assertThatExceptionOfType(RolloutException.class)
        .isThrownBy(() -> pairs.read())
        .withMessageContaining("the present version does not answer");
  }

  @Test
  void takesTwoFailuresForNothingInsteadOfForEquality() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AgentAsker broken =
        (input, timeout) -> {
          asked.incrementAndGet();
          throw new AgentAsker.NoAnswerException("/anser answered 404");
        };
    start(three(), broken, broken);
    await(() -> asked.get() > 40);

    assertThatExceptionOfType(RolloutException.class)
        .isThrownBy(() -> pairs.read())
        .withMessageContaining("404");
    assertThat(pairs.summary()).contains(" 0 pairs scored");
  }

  @Test
  void leavesOutPairsThatCannotBeJudged() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    start(
        tasks("- {id: a, input: a, checks: [{custom: com.acme.NoSuchCheck}]}"),
        (input, timeout) -> {
          asked.incrementAndGet();
          return "30 days";
        },
        RIGHT);
    await(() -> asked.get() > 10);

    assertThat(pairs.read().golden()).isEmpty();
  }

  @Test
  void neverWaitsForAnAgentAndAsksFewAtATime() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger waiting = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    start(
        three(),
        (input, timeout) -> {
          most.accumulateAndGet(waiting.incrementAndGet(), Math::max);
          end.await();
          waiting.decrementAndGet();
          return "30 days";
        },
        RIGHT);
    await(() -> waiting.get() == 4);
    await(() -> !pairs.summary().contains(" 0 not asked"));

    assertThat(pairs.read().golden()).isEmpty();
    assertThat(most.get()).isEqualTo(4);
    end.countDown();
    assertThat(read(4)).isNotEmpty();
  }

  @Test
  void asksNothingBeforeTheFirstReading() throws Exception {
    CopyOnWriteArrayList<Thread> threads = new CopyOnWriteArrayList<>();
    AgentAsker seen =
        (input, timeout) -> {
          threads.add(Thread.currentThread());
          throw new IOException("does not run yet");
        };
    GoldenSettings settings =
        new GoldenSettings(null, null, null, null, Duration.ofNanos(1), Duration.ofSeconds(30));
    try (GoldenPairs idle = new GoldenPairs(three(), seen, seen, new AnswerScorer(), settings, 1)) {
      start(three(), RIGHT, RIGHT);
      read(20); // time enough for the idle one

      assertThat(idle.unhealthy(true)).isEmpty();
    }
    assertThat(threads).isEmpty();
  }

  @Test
  void asksNothingMoreAfterItsEnd() throws Exception {
    CopyOnWriteArrayList<Thread> threads = new CopyOnWriteArrayList<>();
    start(
        three(),
        (input, timeout) -> {
          threads.add(Thread.currentThread());
          return "30 days";
        },
        RIGHT);
    read(3);

    pairs.close();

    await(() -> threads.stream().noneMatch(Thread::isAlive));
    int asked = threads.size();
    pairs.close();
    assertThat(threads).hasSize(asked);
  }
}
