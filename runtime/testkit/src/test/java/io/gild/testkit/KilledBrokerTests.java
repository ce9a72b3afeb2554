package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.a2a.A2aMessage;
import io.gild.coordination.Broker;
import io.gild.coordination.BrokerLimits;
import io.gild.coordination.DeadLetter;
import io.gild.coordination.DeadLetter.Reason;
import io.gild.coordination.Delivery;
import io.gild.coordination.EmbeddedEngine;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.coordination.PublishReceipt;
import io.gild.coordination.Redelivery;
import io.gild.coordination.Subscription;
import io.gild.coordination.Subscription.Effects;
import io.gild.core.spi.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JVM with a broker, a publisher and three consumers is killed again and again. No message that
 * was acknowledged is lost, no effect happens twice, and poison messages are dead letters.
 */
class KilledBrokerTests {

  /** The goal is {@code -Dgild.kills=20 -Dgild.messages=10000}; {@code -Dgild.seed} varies it. */
  private static final int KILLS = Integer.getInteger("gild.kills", 3);

  private static final int MESSAGES = Integer.getInteger("gild.messages", 600);
  private static final int WINDOW = 50;

  private static final Redelivery FAST =
      Redelivery.DEFAULT
          .withMaxDeliveries(3)
          .withDelays(Duration.ofMillis(10), Duration.ofMillis(50));
  private static final Subscription RESULTS =
      Subscription.of("results", "results").withRedelivery(FAST).withEffects(Effects.ONCE);
  private static final Subscription WORK =
      Subscription.of("work", "work").withRedelivery(FAST).withEffects(Effects.ONCE);
  private static final Subscription CAREFUL =
      Subscription.of("careful", "work").withRedelivery(FAST).withEffects(Effects.NEVER_TWICE);

  @TempDir Path folder;

  static boolean isPoison(int number) {
    return number % 97 == 0;
  }

  /** Ends its JVM, as exhausted memory would. */
  static boolean isDeadly(int number) {
    return number % 97 == 0 && number / 97 % 20 == 1;
  }

  private static Broker open(Path folder) {
    return Broker.builder(
            EmbeddedEngine.folder(folder.resolve("broker"), BrokerLimits.DEFAULT, Clock.SYSTEM))
        .build();
  }

  /** Publishes and handles until it is killed, and prints the numbers that were acknowledged. */
  static final class Worker {

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[0]);
      int next = Integer.parseInt(args[1]);
      int last = Integer.parseInt(args[2]);
      try (Broker broker = open(folder)) {
        for (int i = 0; i < 3; i++) {
          broker.subscribe(WORK, Worker::work);
        }
        broker.subscribe(CAREFUL, delivery -> append(folder, delivery));
        System.out.println("started");
        publish(broker, next, last);
        Thread.sleep(TimeUnit.HOURS.toMillis(1));
      }
    }

    private static void publish(Broker broker, int next, int last) {
      for (int from = next; from <= last; from += WINDOW) {
        int to = Math.min(last, from + WINDOW - 1);
        CompletableFuture<?>[] receipts = new CompletableFuture<?>[to - from + 1];
        for (int number = from; number <= to; number++) {
          receipts[number - from] = broker.publishAsync(message(number)).toCompletableFuture();
        }
        CompletableFuture.allOf(receipts).join();
        for (CompletableFuture<?> receipt : receipts) {
          if (((PublishReceipt) receipt.join()).outcome()
              == PublishReceipt.Outcome.NO_SUBSCRIPTION) {
            throw new IllegalStateException("dropped");
          }
        }
        System.out.println("acknowledged " + to);
      }
    }

    private static Envelope message(int number) {
      return Envelope.builder("work", Intent.PUBLISH, A2aMessage.ofUser("" + number))
          .idempotencyKey("message " + number)
          .orderingKey(number % 3 == 0 ? "key " + number % 7 : null)
          .build();
    }

    private static void work(Delivery delivery) {
      int number = Integer.parseInt(delivery.envelope().message().text());
      if (isDeadly(number)) {
        Runtime.getRuntime().halt(1);
      }
      if (isPoison(number)) {
        throw new IllegalStateException("poison");
      }
      delivery.publish(
          Envelope.builder("results", Intent.RESULT, A2aMessage.ofAgent("" + number)).build());
    }

    /** An effect outside of the broker that nothing can undo. */
    private static void append(Path folder, Delivery delivery) throws IOException {
      String line = delivery.envelope().message().text() + "\n";
      Files.write(
          folder.resolve("effects.txt"),
          line.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  @Test
  void loseNothingAndRepeatNoEffect() throws Exception {
    try (Broker broker = open(folder)) {
      // Here, and not in the workers: later it would take results.
      broker.subscribe(RESULTS, delivery -> {}).close();
    }
    Random random = new Random(Long.getLong("gild.seed", 7));
    int acknowledged = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      int last = MESSAGES * kill / KILLS;
      acknowledged =
          Math.max(acknowledged, run("r" + kill, acknowledged + 1, last, random.nextInt(1_500)));
    }
    for (int round = 1; !isDone(acknowledged); round++) { // deadly messages end it a few times
      acknowledged = Math.max(acknowledged, run("end" + round, acknowledged + 1, MESSAGES, 3_000));
      assertThat(round)
          .as(
              "rounds, after which there are %d results and %d effects",
              results.size(), effects().size())
          .isLessThan(60 + MESSAGES / 300);
    }
    check();
  }

  /** Returns whether all was published and handled. */
  private boolean isDone(int acknowledged) throws Exception {
    if (acknowledged < MESSAGES) {
      return false;
    }
    try (Broker broker = open(folder)) {
      return results(broker).size() + dead(broker, "work") >= MESSAGES
          && effects().size() + dead(broker, "careful") >= MESSAGES;
    }
  }

  private static long dead(Broker broker, String subscription) {
    return broker.deadLetters().list().stream()
        .filter(letter -> letter.subscription().equals(subscription))
        .count();
  }

  /** Returns how often each effect happened. */
  private Map<Integer, Long> effects() throws IOException {
    return Files.readAllLines(folder.resolve("effects.txt")).stream()
        .map(Integer::valueOf)
        .collect(Collectors.groupingBy(each -> each, TreeMap::new, Collectors.counting()));
  }

  private final Map<Integer, Integer> results = new ConcurrentHashMap<>();

  private Map<Integer, Integer> results(Broker broker) throws InterruptedException {
    broker.subscribe(
        RESULTS,
        delivery ->
            results.merge(Integer.parseInt(delivery.envelope().message().text()), 1, Integer::sum));
    int before = -1;
    while (results.size() != before) {
      before = results.size();
      Thread.sleep(300);
    }
    return results;
  }

  private void check() throws Exception {
    List<DeadLetter> letters;
    try (Broker broker = open(folder)) {
      letters = broker.deadLetters().list();
      assertThat(broker.unsubscribe("work")).isTrue();
      assertThat(broker.deadLetters().list()).as("left in the queue").hasSameSizeAs(letters);
    }
    Set<Integer> poison = new HashSet<>();
    Set<Integer> others = new HashSet<>();
    for (int number = 1; number <= MESSAGES; number++) {
      (isPoison(number) ? poison : others).add(number);
    }
    assertSame("results", results.keySet(), others);
    assertThat(results.values()).as("times of each result").containsOnly(1);
    assertSame("dead letters", numbers(letters, "work", Reason.MAX_DELIVERIES), poison);
    Map<Integer, Long> effects = effects();
    assertThat(effects).as("effects that happened twice").doesNotContainValue(2L);
    assertThat(effects.values()).as("times of each effect").containsOnly(1L);
    Set<Integer> known = new HashSet<>(effects.keySet());
    Set<Integer> unknown = numbers(letters, "careful", Reason.OUTCOME_UNKNOWN);
    known.addAll(unknown);
    others.addAll(poison);
    assertSame("effects, or unknown outcomes", known, others);
    System.out.printf(
        "%d messages, %d kills: %d results once, %d dead, %d effects once, %d with an unknown outcome%n",
        MESSAGES, KILLS, results.size(), poison.size(), effects.size(), unknown.size());
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

  /** Starts a worker, kills it after a while, and returns the last acknowledged number. */
  private int run(String run, int next, int last, int millis) throws Exception {
    Path printed = folder.resolve(run + ".txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Worker.class.getName(),
                folder.toString(),
                next + "",
                last + "")
            .redirectOutput(printed.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      Instant deadline = Instant.now().plusSeconds(60);
      while (process.isAlive() && !Files.readString(printed).startsWith("started")) {
        assertThat(Instant.now()).isBefore(deadline);
        Thread.sleep(5);
      }
      process.waitFor(millis, TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
    return Files.readAllLines(printed).stream()
        .filter(line -> line.matches("acknowledged \\d+"))
        .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(' ') + 1)))
        .max()
        .orElse(0);
  }
}
