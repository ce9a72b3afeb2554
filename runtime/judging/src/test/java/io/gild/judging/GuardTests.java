package io.gild.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GuardTests {

  private static final double NO_LIMIT = Double.POSITIVE_INFINITY;

  @Test
  void stopsAnErrorSpike() {
    Guard guard = new Guard(GuardLimits.DEFAULT);

    assertThat(guard.add(counts(100, 0, 10, 10))).as("too few calls").isEmpty();
    assertThat(guard.add(counts(100, 0, 10, 10)))
        .contains("error rate is 100.0 %, the limit is 50.0 % (newest 2 intervals)");
  }

  @Test
  void forgetsOldIntervals() {
    Guard guard = new Guard(new GuardLimits(2, 10, 0.5, NO_LIMIT, NO_LIMIT));
    assertThat(guard.add(counts(100, 0, 100, 50))).isEmpty();
    assertThat(guard.add(counts(100, 0, 10, 10))).isPresent();
    assertThat(guard.add(counts(100, 0, 10, 0))).isEmpty();
  }

  @Test
  void sparesAVersionIfTheStableOneFailsAsWell() {
    Guard guard = new Guard(GuardLimits.DEFAULT);

    assertThat(guard.add(counts(100, 100, 100, 90))).isEmpty();
    assertThat(guard.add(counts(0, 0, 100, 100))).isEmpty();
    assertThat(new Guard(GuardLimits.DEFAULT).add(counts(0, 0, 100, 90))).isPresent();
  }

  @Test
  void stopsSlowAndExpensiveVersions() {
    Guard slow = new Guard(new GuardLimits(10, 5, 1, 2, NO_LIMIT));
    Guard expensive = new Guard(new GuardLimits(10, 5, 1, NO_LIMIT, 0.1));

    assertThat(slow.add(new TrafficInterval(values(1), values(3), List.of())))
        .contains("p95 of the latency is 3.000 s, the limit is 2.000 s (newest 1 intervals)");
    assertThat(expensive.add(new TrafficInterval(values(0.05), values(0.2), List.of())))
        .contains("cost per call is $0.200000, the limit is $0.100000 (newest 1 intervals)");
    assertThat(slow.add(new TrafficInterval(values(9), values(3), List.of()))).isEmpty();
  }

  private static CallSamples values(double value) {
    double[] values = {value, value, value, Double.NaN, value, value};
    return new CallSamples(6, 0, 0, values, values, values);
  }

  private static TrafficInterval counts(
      long stable, long stableErrors, long canary, long canaryErrors) {
    return new TrafficInterval(
        CallSamples.counts(stable, stableErrors),
        CallSamples.counts(canary, canaryErrors),
        List.of());
  }

  @Test
  void rejectsInvalidLimits() {
    assertThatThrownBy(() -> new GuardLimits(0, 1, 1, 1, 1)).hasMessageContaining("intervals");
    assertThatThrownBy(() -> new GuardLimits(1, 0, 1, 1, 1)).hasMessageContaining("minimum");
    assertThatThrownBy(() -> new GuardLimits(1, 1, Double.NaN, 1, 1))
        .hasMessageContaining("error-rate");
  }
}
