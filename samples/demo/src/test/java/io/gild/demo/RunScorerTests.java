package io.gild.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.testkit.Fault;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunScorerTests {

  private static final Workload WORKLOAD =
      new Workload(
          List.of(
              new Question("q0", "my balance", "balance"),
              new Question("q1", "book a flight", "book_flight"),
              new Question("q2", "what is love", "oos"),
              new Question("q3", "pay my bill", "pay_bill")));

  private static final Run RUN =
      new Run(
          "after",
          List.of(
              new Reply("q0", "Intent: balance\nAnswer: 12 dollars.", null, 10),
              new Reply("q1", "Intent: balance\nAnswer: 12 dollars.", null, 20),
              new Reply("q2", "I do not know", null, 30),
              new Reply("q3", null, "com.acme.RateLimitException: {}", 1)),
          List.of(
              Fixtures.request(0, "gpt-4o", Fault.OK),
              Fixtures.request(1, "gpt-4o", Fault.STATUS_429),
              Fixtures.request(2, "gpt-4o-mini", Fault.OK)),
          GildReport.none(),
          1.5);

  private final RunScorer scorer = new RunScorer(WORKLOAD);

  @Test
  void scoresAnswersByTheTrueIntent() {
    Figures figures = scorer.score(RUN, null);

    assertThat(figures.answeredCorrectly()).isEqualTo(1);
    assertThat(figures.answeredWrongly()).isEqualTo(2);
    assertThat(figures.failed()).isEqualTo(1);
    assertThat(figures.successRate()).isEqualTo(0.25);
    assertThat(figures.answerRate()).isEqualTo(0.75);
    assertThat(figures.errors()).containsOnlyKeys("RateLimitException");
  }

  @Test
  void distinguishesAWrongCachedAnswerFromAModelsMistake() {
    Figures mistaken =
        scorer.score(
            RUN, text -> text.equals("book a flight") ? Set.of("balance") : Set.of("null"));
    Figures cached =
        scorer.score(RUN, text -> text.equals("book a flight") ? Set.of("book_flight") : Set.of());

    assertThat(mistaken.wrongCached()).isZero();
    assertThat(cached.wrongCached()).isEqualTo(2);
  }

  @Test
  void countsRequestsAndMoneyByTheProvidersLog() {
    Figures figures = scorer.score(RUN, null);

    assertThat(figures.httpRequests()).isEqualTo(3);
    assertThat(figures.costUsd()).isEqualByComparingTo("0.000742");
    assertThat(figures.modelMix()).containsEntry("gpt-4o", 1).containsEntry("gpt-4o-mini", 1);
    assertThat(figures.requestOutcomes()).containsEntry("OK", 2).containsEntry("STATUS_429", 1);
  }

  @Test
  void reportsNoMoneyWithoutALog() {
    Run real = new Run("before", RUN.replies(), List.of(), GildReport.none(), 1);

    Figures figures = scorer.score(real, null);

    assertThat(figures.costUsd()).isNull();
    assertThat(figures.httpRequests()).isNull();
    assertThat(figures.wrongCached()).isNull();
  }

  @Test
  void countsAMissingReplyAsFailed() {
    Run run = new Run("before", RUN.replies().subList(0, 1), RUN.log(), GildReport.none(), 1);

    assertThat(scorer.score(run, null).failed()).isEqualTo(3);
  }

  @Test
  void takesPercentilesByNearestRank() {
    List<Double> hundred = IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList();

    assertThat(RunScorer.percentile(hundred, 0.50)).isEqualTo(50);
    assertThat(RunScorer.percentile(hundred, 0.95)).isEqualTo(95);
    assertThat(RunScorer.percentile(List.of(3.0), 0.99)).isEqualTo(3);
    assertThat(RunScorer.percentile(List.of(), 0.99)).isZero();
  }
}
