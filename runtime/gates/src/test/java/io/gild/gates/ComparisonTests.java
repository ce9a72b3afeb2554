package io.gild.gates;

import static io.gild.gates.TestResults.runs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTests {

  @Test
  void namesChangedAndOneSidedTasks() {
    Comparison comparison =
        compare(
            List.of(
                runs("a", "same", "P"),
                runs("a", "worse", "PPF"),
                runs("a", "better", "F"),
                runs("a", "dropped", "P"),
                runs("a", "unjudged-now", "F")),
            List.of(
                runs("a", "same", "P"),
                runs("a", "worse", "FFP"),
                runs("a", "better", "P"),
                runs("a", "new", "F"),
                runs("a", "unjudged-now", "J")));

    assertThat(comparison.regressed()).extracting(TaskKey::toString).containsExactly("a/worse");
    assertThat(comparison.repaired()).extracting(TaskKey::toString).containsExactly("a/better");
    assertThat(comparison.missing())
        .extracting(TaskKey::toString)
        .containsExactly("a/dropped", "a/unjudged-now");
    assertThat(comparison.added()).extracting(TaskKey::toString).containsExactly("a/new");
    assertThat(comparison.compared()).isEqualTo(3);
  }

  /** By hand: 2 * sum of C(b + c, i) up to the smaller, over 2^(b + c). */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1, 1",
    "1, 6, 0.125, 0.0703125",
    "9, 1, 0.021484375, 0.01171875",
    "5, 0, 0.0625, 0.03125",
    "4, 4, 1, 1"
  })
  void theTestOfMcNemarIsExact(int regressed, int repaired, double exact, double mid) {
    McNemar test = new McNemar(regressed, repaired);

    assertThat(test.exactP()).isCloseTo(exact, within(1e-12));
    assertThat(test.midP()).isCloseTo(mid, within(1e-12));
  }

  @Test
  void isWorseOnlyBeyondChance() {
    assertThat(changed(5, 0).isWorse()).isTrue();
    assertThat(changed(4, 1).isWorse()).isFalse();
    assertThat(changed(0, 9).isWorse()).isFalse();
  }

  @Test
  void pairedDifferencesHaveIntervalsThatASeedRepeats() {
    List<List<TaskResult>> before = new ArrayList<>();
    List<List<TaskResult>> now = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      before.add(List.of(TestResults.run("a", "t" + i, 1, Outcome.PASSED, "0.010", 100 + i)));
      now.add(List.of(TestResults.run("a", "t" + i, 1, Outcome.PASSED, "0.010", 150 + i + i % 3)));
    }
    Comparison comparison = compare(before, now);

    assertThat(comparison.latencySeconds().mean()).isCloseTo(0.050975, within(1e-6));
    assertThat(comparison.latencySeconds().isClear()).isTrue();
    assertThat(comparison.latencySeconds().change().low()).isBetween(0.0504, 0.050975);
    assertThat(comparison.latencySeconds().change().high()).isBetween(0.050975, 0.0515);
    assertThat(comparison.costUsd().isClear()).isFalse();
    assertThat(compare(before, now)).isEqualTo(comparison);
  }

  @Test
  void coversTheTrueValueAsOftenAsItsConfidence() {
    SplittableRandom random = new SplittableRandom(3);
    int held = 0;
    for (int run = 0; run < 300; run++) {
      double[] before = new double[40];
      double[] now = new double[40];
      for (int i = 0; i < 40; i++) {
        before[i] = random.nextDouble();
        now[i] = before[i] + 0.1 + random.nextDouble() - 0.5;
      }
      Interval change = Difference.of(before, now, run).change();
      held += change.low() <= 0.1 && 0.1 <= change.high() ? 1 : 0;
    }

    assertThat(held / 300.0).isBetween(0.90, 0.98);
  }

  private static Comparison changed(int regressed, int repaired) {
    List<List<TaskResult>> before = new ArrayList<>();
    List<List<TaskResult>> now = new ArrayList<>();
    for (int i = 0; i < regressed + repaired; i++) {
      before.add(runs("a", "t" + i, i < regressed ? "P" : "F"));
      now.add(runs("a", "t" + i, i < regressed ? "F" : "P"));
    }
    return compare(before, now);
  }

  private static Comparison compare(List<List<TaskResult>> before, List<List<TaskResult>> now) {
    return Comparison.of(
        Statistics.of(before.stream().flatMap(List::stream).toList()),
        Statistics.of(now.stream().flatMap(List::stream).toList()),
        42);
  }
}
