package io.gild.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;

class LogHistogramTests {

  private final LogHistogram times = new LogHistogram();

  @Test
  void isZeroAtFirst() {
    assertThat(times.millis(0.5)).isZero();
  }

  @Test
  void isRightToAFewPerCent() {
    for (int millis = 1; millis <= 1_000; millis++) {
      times.add(millis * 1_000_000L);
    }
    assertThat(times.millis(0.5)).isCloseTo(500, withPercentage(5));
    assertThat(times.millis(0.95)).isCloseTo(950, withPercentage(5));
    assertThat(times.millis(0.99)).isCloseTo(990, withPercentage(5));
  }

  @Test
  void acceptsZeroTimes() {
    times.add(0);
    assertThat(times.millis(0.99)).isLessThan(0.01);
  }
}
