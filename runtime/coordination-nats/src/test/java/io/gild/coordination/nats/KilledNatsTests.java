package io.gild.coordination.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.a2a.A2aMessage;
import io.gild.coordination.Broker;
import io.gild.coordination.BrokerLimits;
import io.gild.coordination.CoordinationException;
import io.gild.coordination.DeadLetter;
import io.gild.coordination.DeadLetter.Reason;
import io.gild.coordination.Delivery;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.coordination.PublishReceipt.Outcome;
import io.gild.coordination.Redelivery;
import io.gild.coordination.Subscription;
import io.gild.coordination.Subscription.Effects;
import io.gild.core.spi.Clock;
import io.gild.testkit.NatsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three consumer JVMs and the server are killed again and again. No message that was acknowledged
 * is lost, no effect happens twice, and poison messages are dead letters.
 */
class KilledNatsTests {

  /** The goal is {@code -Dgild.kills=20 -Dgild.messages=10000}; {@code -Dgild.seed} varies it. */
  private static final int KILLS = Integer.getInteger("gild.kills", 3);

  private static final int MESSAGES = Integer.getInteger("gild.messages", 300);
  private static final int CONSUMERS = 3;
  private static final int CONCURRENCY = 4;

  /** A server writes what it acknowledged to its files within this time. */
  private static final long LOST_MILLIS = 1_000;

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Redelivery FAST =
      Redelivery.DEFAULT
          .withMaxDeliveries(30)
          .withAckWait(Duration.ofSeconds(2))
          .withDelays(Duration.ofMillis(5), Duration.ofMillis(20));
  private static final Subscription RESULTS =
      Subscription.of("results", "results")
          .withConcurrency(8)
          .withRedelivery(FAST)
          .withEffects(Effects.ONCE);
  private static final Subscription WORK =
      Subscription.of("work", "work")
          .withConcurrency(CONCURRENCY)
          .withRedelivery(FAST)
          .withEffects(Effects.ONCE);
  private static final Subscription CAREFUL =
      Subscription.of("careful", "work")
          .withConcurrency(CONCURRENCY)
          .withRedelivery(FAST)
          .withEffects(Effects.NEVER_TWICE);

  @TempDir Path folder;

  private final List<Long> serverKills = new ArrayList<>();

  private static boolean isPoison(int number) {
    return number % 97 == 0;
  }

  private static Broker open(String url) {
    return Broker.builder(
            new NatsEngine(NatsBrokerOptions.of(url), BrokerLimits.DEFAULT, Clock.SYSTEM))
        .closeTimeout(Duration.ofMillis(500))
        .build();
  }

  /** Handles messages until it is killed. */
  static final class Worker {

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[0]);
      try (Broker broker = open(args[1])) {
        broker.subscribe(WORK, Worker::work);
        broker.subscribe(CAREFUL, delivery -> append(folder, delivery));
        System.out.println("started");
        Thread.sleep(Duration.ofHours(1).toMillis());
      }
    }

    private static void work(Delivery delivery) {
      int number = Integer.parseInt(delivery.envelope().message().text());
      if (isPoison(number)) {
        throw new IllegalStateException("poison");
      }
      delivery.publish(
          Envelope.builder("results", Intent.RESULT, A2aMessage.ofAgent("" + number)).build());
    }

    /** An effect outside of the broker that nothing can undo. */
    private static void append(Path folder, Delivery delivery) throws IOException {
      String line = delivery.envelope().message().text() + " " + System.currentTimeMillis() + "\n";
      Files.write(
          folder.resolve("effects.txt"),
          line.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private Process start(NatsServer server, int number) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Worker.class.getName(),
            folder.toString(),
            server.url())
        .redirectOutput(folder.resolve("worker" + number + ".txt").toFile())
        .redirectError(folder.resolve("errors" + number + ".txt").toFile())
        .start();
  }

  @Test
  void loseNothingAndRepeatNoEffect() throws Exception {
    Path data = Files.createDirectories(folder.resolve("nats"));
    Process[] workers = new Process[CONSUMERS];
    try (NatsServer server = NatsServer.start(data)) {
      try (Broker broker = open(server.url())) {
        for (Subscription each : List.of(RESULTS, WORK, CAREFUL)) {
          broker.subscribe(each, delivery -> {}).close();
        }
        for (int i = 0; i < CONSUMERS; i++) {
          workers[i] = start(server, i);
        }
        killWhilePublishing(server, broker, workers);
        Map<Integer, Integer> results = collect(broker);
        check(broker, results);
      } finally {
        for (Process worker : workers) {
          if (worker != null) {
            worker.destroyForcibly().waitFor();
          }
        }
      }
    }
  }

  private void killWhilePublishing(NatsServer server, Broker broker, Process[] workers)
      throws Exception {
    Random random = new Random(Long.getLong("gild.seed", 3));
    Thread publisher = new Thread(() -> publish(broker));
    publisher.start();
    for (int kill = 0; kill < KILLS; kill++) {
      Thread.sleep(300 + random.nextInt(1_500));
      if (kill % 3 == 2) {
        serverKills.add(System.currentTimeMillis());
        server.kill();
        Thread.sleep(random.nextInt(300));
        server.restart();
      } else {
        int victim = random.nextInt(CONSUMERS);
        workers[victim].destroyForcibly().waitFor();
        workers[victim] = start(server, victim);
      }
    }
    publisher.join();
  }

  /** Publishes slowly enough for all kills; repeats what failed, under the same key. */
  private static void publish(Broker broker) {
    for (int number = 1; number <= MESSAGES; number++) {
      Envelope message =
          Envelope.builder("work", Intent.PUBLISH, A2aMessage.ofUser("" + number))
              .idempotencyKey("message " + number)
              .orderingKey(number % 10 == 0 ? "key " + number % 70 : null)
              .build();
      while (true) {
        try {
          if (broker.publish(message).outcome() != Outcome.NO_SUBSCRIPTION) {
            break;
          }
        } catch (CoordinationException again) {
          // the server is down, or its answer was lost
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private Map<Integer, Integer> collect(Broker broker) throws InterruptedException {
    Map<Integer, Integer> results = new ConcurrentHashMap<>();
    broker.subscribe(
        RESULTS,
        delivery ->
            results.merge(Integer.parseInt(delivery.envelope().message().text()), 1, Integer::sum));
    Instant deadline = Instant.now().plus(PATIENCE);
    int poison = MESSAGES / 97;
    while (results.size() < MESSAGES - poison
        || known(broker) < MESSAGES + poison
        || dead(broker) < poison) {
      if (Instant.now().isAfter(deadline)) {
        break; // the checks name what is missing
      }
      Thread.sleep(500);
    }
    Thread.sleep(FAST.ackWait().toMillis() + 500);
    return results;
  }

  /** Returns the effects, unknown outcomes and dead letters so far. */
  private int known(Broker broker) {
    try {
      return effects().size() + broker.deadLetters().list().size();
    } catch (IOException | CoordinationException notYet) {
      return 0;
    }
  }

  /** Returns how many poisoned messages are dead so far. */
  private static int dead(Broker broker) {
    try {
      return numbers(broker.deadLetters().list(), "work", Reason.MAX_DELIVERIES).size();
    } catch (CoordinationException notYet) {
      return 0;
    }
  }

  /** Returns when each effect happened, the first time first. */
  private Map<Integer, List<Long>> effects() throws IOException {
    return Files.readAllLines(folder.resolve("effects.txt")).stream()
        .map(line -> line.split(" "))
        .collect(
            Collectors.groupingBy(
                line -> Integer.valueOf(line[0]),
                TreeMap::new,
                Collectors.mapping(line -> Long.valueOf(line[1]), Collectors.toList())));
  }

  /**
   * A server that is killed can lose what it acknowledged last, and so that an effect began. This
   * is no excuse for an effect that happened twice for another reason, or long before.
   */
  private boolean isLostByServer(List<Long> times) {
    return times.size() == 2
        && serverKills.stream()
            .anyMatch(kill -> times.get(0) >= kill - LOST_MILLIS && times.get(0) <= kill);
  }

  private void check(Broker broker, Map<Integer, Integer> results) throws Exception {
    List<DeadLetter> letters = broker.deadLetters().list();
    Set<Integer> poison = new HashSet<>();
    Set<Integer> others = new HashSet<>();
    for (int number = 1; number <= MESSAGES; number++) {
      (isPoison(number) ? poison : others).add(number);
    }
    assertSame("results", results.keySet(), others);
    assertThat(results.values()).as("times of each result").containsOnly(1);
    assertSame("dead letters", numbers(letters, "work", Reason.MAX_DELIVERIES), poison);
    Map<Integer, List<Long>> effects = effects();
    Map<Integer, List<Long>> twice = new TreeMap<>(effects);
    twice.values().removeIf(times -> times.size() == 1);
    assertThat(twice)
        .as("effects that happened twice; the server was killed at %s", serverKills)
        .hasSizeLessThanOrEqualTo(CONSUMERS * CONCURRENCY * serverKills.size())
        .allSatisfy((number, times) -> assertThat(isLostByServer(times)).isTrue());
    Set<Integer> unknown = numbers(letters, "careful", Reason.OUTCOME_UNKNOWN);
    Set<Integer> known = new HashSet<>(effects.keySet());
    known.addAll(unknown);
    others.addAll(poison);
    assertSame("effects, or unknown outcomes", known, others);
    System.out.printf(
        "%d messages, %d kills: %d results once, %d dead, %d effects, %d of them twice, %d with an unknown outcome%n",
        MESSAGES,
        KILLS,
        results.size(),
        poison.size(),
        effects.size(),
        twice.size(),
        unknown.size());
  }

  private static void assertSame(String what, Set<Integer> found, Set<Integer> expected) {
    Set<Integer> lost = new HashSet<>(expected);
    lost.removeAll(found);
    Set<Integer> unexpected = new HashSet<>(found);
    unexpected.removeAll(expected);
    assertThat(lost).as("lost " + what).isEmpty();
    assertThat(unexpected).as("unexpected " + what).isEmpty();
  }

  private static Set<Integer> numbers(
      List<DeadLetter> letters, String subscription, Reason reason) {
    return letters.stream()
        .filter(letter -> letter.subscription().equals(subscription))
        .peek(letter -> assertThat(letter.reason()).isEqualTo(reason))
        .map(letter -> Integer.valueOf(letter.envelope().message().text()))
        .collect(Collectors.toSet());
  }
}
