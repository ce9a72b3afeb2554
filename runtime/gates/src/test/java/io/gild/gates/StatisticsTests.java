package io.gild.gates;

import static io.gild.gates.TestResults.runs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTests {

  @Test
  void estimatesPassesInARowWithoutBias() {
    TaskStats task = new TaskStats(new TaskKey("a", "t"), runs("a", "t", "PPPF"));

    assertThat(task.passHat(1)).isEqualTo(0.75);
    assertThat(task.passHat(2)).isCloseTo(0.5, within(1e-12)); // C(3,2) / C(4,2)
    assertThat(task.passHat(4)).isZero();
    assertThat(task.passAt(1)).isEqualTo(0.75);
    assertThat(task.passAt(2)).isEqualTo(1);
    assertThatThrownBy(() -> task.passHat(5))
        .hasMessage("k must be from 1 to the 4 decided runs of a/t, but is 5");
  }

  @Test
  void distinguishesAgentsOfOneNameByTheirClasses() {
    Statistics statistics =
        Statistics.of(
            List.of(
                TestResults.of("com.acme.Desk", "Desk", "refund", Outcome.FAILED),
                TestResults.of("com.other.Desk", "Desk", "refund", Outcome.PASSED),
                TestResults.of("com.acme.Lone", "Lone", "refund", Outcome.PASSED)));

    assertThat(statistics.agents())
        .containsExactly("Desk (com.acme.Desk)", "Desk (com.other.Desk)", "Lone");
    assertThat(statistics.retried()).isZero();
    assertThat(statistics.of("Desk (com.acme.Desk)").passRate()).isZero();
    assertThat(statistics.runs())
        .extracting(run -> run.key().agent())
        .containsExactlyElementsOf(statistics.agents());
  }

  @Test
  void countsRepeatedRunsForTheirOwnAgent() {
    Statistics statistics =
        Statistics.of(
            List.of(
                TestResults.run("a", "t", 1, Outcome.FAILED),
                TestResults.run("a", "t", 1, Outcome.PASSED),
                TestResults.run("b", "t", 1, Outcome.PASSED)));

    assertThat(statistics.retried()).isEqualTo(1);
    assertThat(statistics.of("a").retried()).isEqualTo(1);
    assertThat(statistics.of("b").retried()).isZero();
  }

  @Test
  void countsEachTaskOnce() {
    Statistics statistics = Statistics.of(both(runs("a", "often", "PPPP"), runs("a", "once", "F")));

    assertThat(statistics.passRate()).isEqualTo(0.5);
    assertThat(statistics.repeats()).isEqualTo(1);
    assertThat(statistics.passHat(4)).isEqualTo(1);
    assertThat(statistics.passHat(9)).isZero();
  }

  @Test
  void countsUnjudgedRunsNeitherAsPassNorAsFailure() {
    Statistics statistics =
        Statistics.of(
            both(runs("a", "judge", "JPJ"), both(runs("a", "skipped", "S"), runs("b", "x", "ET"))));

    assertThat(statistics.of("a").passRate()).isEqualTo(1);
    assertThat(statistics.of("a").undecidedRuns()).isEqualTo(3);
    assertThat(statistics.of("a").decided()).hasSize(1);
    assertThat(statistics.of("b").passRate()).isZero();
    assertThat(statistics.agents()).containsExactly("a", "b");
    assertThat(Statistics.of(runs("a", "t", "S")).lowerBound(0.95)).isZero();
    assertThat(Statistics.of(runs("a", "t", "S")).interval(0.95)).isEqualTo(new Interval(0, 1));
  }

  @Test
  void namesTheMostUnstableTaskFirst() {
    List<TaskResult> results = new ArrayList<>();
    results.addAll(runs("a", "stable", "PPPP"));
    results.addAll(runs("a", "rarely", "PPPF"));
    results.addAll(runs("a", "coin", "PFPF"));
    results.addAll(runs("a", "unjudged", "PJJJ"));

    assertThat(Statistics.of(results).flaky())
        .extracting(task -> task.key().task())
        .containsExactly("coin", "rarely");
  }

  @Test
  void replacesARunByItsRepetition() {
    Statistics statistics = Statistics.of(both(runs("a", "t", "F"), runs("a", "t", "P")));

    assertThat(statistics.tasks()).hasSize(1);
    assertThat(statistics.passRate()).isEqualTo(1);
    assertThat(statistics.retried()).isEqualTo(1);
    assertThat(Statistics.of(both(runs("a", "t", "P"), runs("a", "t", "P"))).retried()).isZero();
  }

  @Test
  void averagesOnlyTheRunsThatHappened() {
    TaskStats task =
        new TaskStats(
            new TaskKey("a", "t"),
            List.of(
                TestResults.run("a", "t", 1, Outcome.PASSED, "0.02", 100),
                TestResults.run("a", "t", 2, Outcome.FAILED, "0.04", 300),
                TestResults.run("a", "t", 3, Outcome.SKIPPED, "0", 0)));

    assertThat(task.costUsd()).isEqualByComparingTo("0.03");
    assertThat(task.latency()).isEqualTo(Duration.ofMillis(200));
    assertThat(task.score()).isEqualTo(0.625);
    assertThat(task.example().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(task.passed()).isFalse();
  }

  private static List<TaskResult> both(List<TaskResult> one, List<TaskResult> other) {
    List<TaskResult> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }
}
