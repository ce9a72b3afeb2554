package io.gild.anomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BaselineTests {

  @Test
  void keepsTheLastValuesSorted() {
    Baseline baseline = new Baseline(7);
    Deque<Float> last = new ArrayDeque<>();
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      float value = random.nextInt(5);
      baseline.add(value);
      last.addLast(value);
      if (last.size() > 7) {
        last.removeFirst();
      }
      double[] sorted = last.stream().mapToDouble(Float::doubleValue).sorted().toArray();
      int size = sorted.length;
      assertThat(baseline.median()).isEqualTo((sorted[(size - 1) / 2] + sorted[size / 2]) / 2);
    }
  }

  @Test
  void scoresByRank() {
    Baseline baseline = new Baseline(100);
    for (int i = 1; i <= 100; i++) {
      baseline.add(i * 1_000f);
    }

    assertThat(baseline.score(50_500)).isCloseTo(0, within(0.1));
    assertThat(baseline.score(1_000_000)).isGreaterThan(2.2);
    assertThat(baseline.score(1)).isLessThan(-2.2);
  }

  @Test
  void scoresAnEqualValueAsOrdinary() {
    Baseline baseline = new Baseline(50);
    for (int i = 0; i < 50; i++) {
      baseline.add(5);
    }

    assertThat(baseline.score(5.05)).isCloseTo(0, within(0.01));
    assertThat(baseline.score(6)).isGreaterThan(2);
  }

  @Test
  void copiesItsValuesOldestFirst() {
    Baseline baseline = new Baseline(3);
    for (float value : new float[] {1, 2, 3, 4, 5}) {
      baseline.add(value);
    }
    Baseline copy = new Baseline(2);

    baseline.copyTo(copy);

    assertThat(copy.median()).isEqualTo(4.5);
  }
}
