package io.gild.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gild.core.spi.Embedder;
import io.gild.testkit.ManualClock;
import io.gild.vectors.HashEmbedder;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SemanticCacheTests {

  private final ManualClock clock = ManualClock.create();

  private SemanticCache<String> cache(SemanticSettings settings) {
    return cache(settings, new HashEmbedder());
  }

  private SemanticCache<String> cache(SemanticSettings settings, Embedder embedder) {
    Random random = new Random(7);
    return SemanticCache.<String>builder(embedder)
        .settings(settings)
        .clock(clock)
        .executor(Runnable::run)
        .random(random::nextDouble)
        .build();
  }

  private static SemanticSettings bound(double rate) {
    return SemanticSettings.DEFAULTS.withMaxErrorRate(rate);
  }

  /** Asks as a caller does; returns whether the answer was repeated. */
  private static SemanticVerdict<String> ask(
      SemanticCache<String> cache, String partition, String question, String answer) {
    SemanticVerdict<String> verdict = cache.lookup(partition, question);
    if (!verdict.isHit()) {
      cache.learn(verdict, answer);
    }
    return verdict;
  }

  /** Returns how many of the answers were repeated, and how many of these wrongly. */
  private static int[] run(SemanticCache<String> cache, SimulatedQuestions questions, int count) {
    int[] result = new int[2];
    for (int i = 0; i < count; i++) {
      questions.next();
      SemanticVerdict<String> verdict = ask(cache, "p", questions.text(), questions.answer());
      if (verdict.isHit()) {
        result[0]++;
        result[1] += questions.answer().equals(verdict.answer()) ? 0 : 1;
      }
    }
    return result;
  }

  @Test
  void repeatsNoAnswerWithoutEvidence() {
    SemanticCache<String> cache = cache(bound(0.05));
    for (int i = 0; i < 99; i++) {
      assertFalse(ask(cache, "p", "how do i get a refund", "in 3 days").isHit());
    }
  }

  @Test
  void repeatsAnswersWithinTheBound() {
    for (double rate : new double[] {0.02, 0.05}) {
      int[] result = run(cache(bound(rate)), new SimulatedQuestions(1), 3_000);
      assertTrue(result[0] > 300, "hits: " + result[0]);
      assertTrue(result[1] <= rate * 3_000, "wrong: " + result[1] + " at " + rate);
    }
  }

  @Test
  void keepsTheBoundWhenAllAnswersChange() {
    SemanticCache<String> cache = cache(bound(0.02).withTtl(Duration.ofDays(1)));
    SimulatedQuestions questions = new SimulatedQuestions(2);
    int wrong = run(cache, questions, 2_500)[1];
    questions.changeAnswers();
    wrong += run(cache, questions, 2_500)[1];
    assertTrue(wrong <= 0.02 * 5_000, "wrong: " + wrong);
  }

  @Test
  void repeatsNothingWhereNearQuestionsHaveOtherAnswers() {
    SemanticCache<String> cache = cache(bound(0.02));
    Random random = new Random(3);
    for (int i = 0; i < 3_000; i++) {
      int order = random.nextInt(100_000);
      assertFalse(ask(cache, "p", "what is the status of order " + order, "o" + order).isHit());
    }
    assertTrue(cache.statistics().vetoed() > 2_000);
  }

  @Test
  void keepsPartitionsApart() {
    SemanticCache<String> cache = cache(bound(0.05));
    SimulatedQuestions questions = new SimulatedQuestions(4);
    run(cache, questions, 3_000);
    questions.next();
    SemanticVerdict<String> other = cache.lookup("q", questions.text());
    assertFalse(other.isHit());
    assertNull(other.answer());
    assertNull(other.matchedQuestion());
  }

  @Test
  void onlyMeasuresIfEveryHitIsExplored() {
    SemanticCache<String> cache = cache(bound(0.05).withExploration(1));
    assertEquals(0, run(cache, new SimulatedQuestions(5), 3_000)[0]);
    SemanticStatistics statistics = cache.statistics();
    assertTrue(statistics.explored() > 300, statistics.toString());
    assertTrue(statistics.exploredWrong() <= 0.05 * 3_000, statistics.toString());
    assertEquals(3_000, statistics.requests());
  }

  @Test
  void dropsOldAnswers() {
    SemanticCache<String> cache = cache(bound(0.05).withTtl(Duration.ofMinutes(1)));
    ask(cache, "p", "how do i get a refund", "in 3 days");
    assertEquals("in 3 days", cache.lookup("p", "how can i get a refund").answer());
    clock.advance(Duration.ofSeconds(61));
    assertNull(cache.lookup("p", "how can i get a refund").answer());
    ask(cache, "p", "when do you open", "at 9");
    assertEquals(1, cache.statistics().entries());
  }

  @Test
  void staysWithinItsWeight() {
    SemanticCache<String> cache = cache(bound(0.05).withMaxWeight(300_000));
    SimulatedQuestions questions = new SimulatedQuestions(6);
    for (int i = 0; i < 2_000; i++) {
      questions.next();
      ask(cache, "p" + i % 7, questions.text(), questions.answer());
      assertTrue(cache.statistics().weight() <= 300_000);
    }
    assertTrue(cache.statistics().entries() > 10);
  }

  @Test
  void keepsAPartitionInUseWhileNewOnesComeAndGo() {
    SemanticCache<String> cache = cache(bound(0.05).withMaxWeight(300_000));
    for (int i = 0; i < 30; i++) {
      ask(cache, "used", "how do i get a refund of " + i, "in 3 days");
    }
    for (int i = 0; i < 500; i++) {
      ask(cache, "flood " + i, "how do i get a refund", "never");
    }
    assertEquals("in 3 days", cache.lookup("used", "how do i get a refund of 7").answer());
  }

  @Test
  void ignoresAnswersThatAreTooLarge() {
    SemanticCache<String> cache = cache(bound(0.05).withMaxWeight(100_000));
    ask(cache, "p", "how do i get a refund", "x".repeat(100_000));
    assertEquals(0, cache.statistics().entries());
  }

  @Test
  void neitherComparesNorLearnsWhatIsWrittenToMislead() {
    SemanticCache<String> cache = cache(SemanticSettings.DEFAULTS);
    String huge = "refund ".repeat(1_000);
    for (String text : new String[] {huge, "", " \n", "a\u0000b", "\u202Erefund", "\uDC00"}) {
      SemanticVerdict<String> verdict = ask(cache, "p", text, "poison");
      assertFalse(verdict.isHit());
      assertNotNull(verdict.veto());
    }
    assertEquals(0, cache.statistics().entries());
  }

  @Test
  void toleratesEmbeddersWithoutDirection() {
    SemanticCache<String> cache = cache(SemanticSettings.DEFAULTS, new OddEmbedder());
    ask(cache, "p", "zero", "a");
    ask(cache, "p", "nan", "a");
    ask(cache, "p", "good", "b");
    ask(cache, "p", "longer vector", "c");
    assertEquals(1, cache.statistics().entries());
  }

  private static final class OddEmbedder implements Embedder {

    @Override
    public float[] embed(String text) {
      return switch (text) {
        case "zero" -> new float[2];
        case "nan" -> new float[] {Float.NaN, 1};
        case "longer vector" -> new float[] {1, 1, 1};
        default -> new float[] {1, 0};
      };
    }

    @Override
    public String name() {
      return "odd";
    }
  }

  @Test
  void removesAnswersByPredicateAndPartition() {
    SemanticCache<String> cache = cache(SemanticSettings.DEFAULTS);
    ask(cache, "p", "how do i get a refund", "in 3 days");
    ask(cache, "p", "when do you open", "at 9");
    ask(cache, "q", "when do you close", "at 5");
    assertEquals(1, cache.removeIf(answer -> answer.equals("at 9")));
    assertNull(cache.lookup("p", "when do you open today please").answer());
    assertEquals(1, cache.removePartition("q"));
    assertEquals(0, cache.removePartition("q"));
    cache.clear();
    assertEquals(0, cache.statistics().entries());
  }

  @Test
  void restoresWhatItLearned() {
    SemanticCache<String> first = cache(bound(0.05));
    SimulatedQuestions questions = new SimulatedQuestions(8);
    run(first, questions, 3_000);
    String learned = first.learned("p");

    SemanticCache<String> second = cache(bound(0.05));
    assertTrue(second.restore("p", learned));
    int[] result = run(second, questions, 300);

    assertTrue(result[0] > 0, "a new cache has no evidence yet: " + result[0]);
    assertEquals(0, run(cache(bound(0.05)), questions, 200)[0]);
    assertFalse(second.restore("p", learned)); // in use
  }

  @Test
  void keepsTheBoundOverARestart() {
    for (double rate : new double[] {0.02, 0.05}) {
      SemanticCache<String> before = cache(bound(rate));
      SimulatedQuestions questions = new SimulatedQuestions(9);
      run(before, questions, 12_000); // more than the labels that are kept
      SemanticCache<String> after = cache(bound(rate));
      assertTrue(after.restore("p", before.learned("p")));

      int[] result = run(after, questions, 3_000);

      assertTrue(result[0] > 300, "hits: " + result[0]);
      assertTrue(result[1] <= rate * 3_000, "wrong: " + result[1] + " at " + rate);
      assertEquals(3_000, after.statistics().requests());
    }
  }

  @Test
  void doesNotTrustMoreRequestsThanTheLabelsStandFor() {
    SemanticCache<String> before = cache(bound(0.02));
    SimulatedQuestions questions = new SimulatedQuestions(10);
    questions.changeAnswers();
    run(before, questions, 1_000);
    String learned =
        before.learned("p").replaceFirst("\"requests\":\\d+", "\"requests\":1000000000");
    assertTrue(learned.contains("1000000000"));
    SemanticCache<String> after = cache(bound(0.02));
    assertTrue(after.restore("p", learned));

    int[] result = run(after, questions, 3_000);

    assertTrue(result[1] <= 0.02 * 3_000, "wrong: " + result[1]);
  }

  @Test
  void restoresNoLabelsOfMoreThanAnExploredHit() {
    SemanticCache<String> before = cache(bound(0.05).withExploration(0.02));
    run(before, new SimulatedQuestions(11), 6_000);
    String learned = before.learned("p");

    assertTrue(cache(bound(0.05).withExploration(0.02)).restore("p", learned));
    assertFalse(cache(bound(0.05).withExploration(0.1)).restore("p", learned));
  }

  @Test
  void restoresNothingOfAnotherEmbedderOrBrokenText() {
    String learned = cache(bound(0.05)).learned("p");
    assertFalse(cache(bound(0.05), new OddEmbedder()).restore("p", learned));
    for (String broken :
        new String[] {
          "",
          "[]",
          "{}",
          learned.replace("[]", "[[1,1.0,true,true]]"),
          learned.replace(":1,", ":2,")
        }) {
      assertThrows(
          IllegalArgumentException.class, () -> cache(bound(0.05)).restore("p", broken), broken);
    }
  }

  @Test
  void dropsWhatIsLearnedAfterItsPartitionIsGone() {
    SemanticCache<String> cache = cache(SemanticSettings.DEFAULTS);
    SemanticVerdict<String> verdict = cache.lookup("p", "how do i get a refund");
    cache.removePartition("p");
    cache.learn(verdict, "in 3 days");
    assertNull(cache.lookup("p", "how do i get a refund").answer());
  }

  @Test
  void isSafeForManyThreads() throws Exception {
    SemanticCache<String> cache = cache(bound(0.05).withMaxWeight(2_000_000));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int thread = 0; thread < 4; thread++) {
      SimulatedQuestions questions = new SimulatedQuestions(10 + thread);
      var unused = threads.submit(() -> run(cache, questions, 1_500));
    }
    threads.shutdown();
    assertTrue(threads.awaitTermination(2, TimeUnit.MINUTES));
    SemanticStatistics statistics = cache.statistics();
    assertEquals(6_000, statistics.requests());
    assertTrue(statistics.weight() <= 2_000_000, statistics.toString());
    assertTrue(statistics.hits() > 0, statistics.toString());
  }
}
