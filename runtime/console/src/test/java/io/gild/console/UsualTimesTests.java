package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.CallKind;
import io.gild.core.Counts;
import io.gild.core.GildRuntime;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UsualTimesTests {

  private static final int CALLS = 200_000;

  private final GildRuntime runtime = GildRuntime.builder().build();
  private final Counts method = Calls.method(runtime, CallKind.AGENT, "support", "answer").counts();
  private final UsualTimes usual = new UsualTimes();

  @Test
  void findAboutOneCallOfAHundredUnusual() {
    Random random = new Random(7);
    int unusual = 0;
    for (int i = 0; i < CALLS; i++) {
      long nanos = (long) (1e6 * Math.exp(random.nextGaussian()));
      unusual += usual.isUnusual(method, nanos, 0) ? 1 : 0;
    }
    assertThat(unusual).isBetween(CALLS / 200, CALLS / 50);
  }

  @Test
  void findNoneWhileTheyLearn() {
    for (int i = 0; i < 100; i++) {
      assertThat(usual.isUnusual(method, i == 50 ? 1_000_000 : 10, 10)).isFalse();
    }
    assertThat(usual.isUnusual(method, 2_000_000, 10)).isTrue();
    assertThat(usual.isUnusual(method, 10, 10_000)).isTrue();
    assertThat(usual.isUnusual(method, 10, 1)).isFalse();
  }
}
