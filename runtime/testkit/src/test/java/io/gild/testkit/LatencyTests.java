package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyTests {

  private static final Latency LATENCY =
      Latency.of(Duration.ofMillis(400), Duration.ofMillis(10)).scaled(0.1);

  @Test
  void isScaled() {
    assertThat(LATENCY.untilFirstToken(1, 1)).isEqualTo(Duration.ofMillis(40));
    assertThat(LATENCY.betweenTokens(1, 1)).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void jittersBySeedAndSequence() {
    Latency jittered = LATENCY.jittered(0.3);

    assertThat(jittered.untilFirstToken(1, 1)).isEqualTo(jittered.untilFirstToken(1, 1));
    assertThat(jittered.untilFirstToken(1, 1)).isNotEqualTo(jittered.untilFirstToken(1, 2));
    assertThat(jittered.untilFirstToken(1, 1)).isNotEqualTo(jittered.untilFirstToken(2, 1));
  }

  @Test
  void hasNoNegativePart() {
    assertThatIllegalArgumentException().isThrownBy(() -> LATENCY.jittered(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Latency.of(Duration.ofMillis(-1), Duration.ZERO));
  }
}
