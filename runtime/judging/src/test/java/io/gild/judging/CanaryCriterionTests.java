package io.gild.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CanaryCriterionTests {

  private static final Tolerance TENTH = Tolerance.relative(0.1);

  @Test
  void namesItsQuantile() {
    assertThat(CanaryCriterion.latency(0.95, TENTH).name()).isEqualTo("latency-p95");
    assertThat(CanaryCriterion.latency(0.999, TENTH).name()).isEqualTo("latency-p99.9");
    assertThat(CanaryCriterion.latency(0.5, TENTH).name()).isEqualTo("latency-p50");
    assertThat(CanaryCriterion.cost(TENTH).name()).isEqualTo("cost");
  }

  @Test
  void rejectsInvalidValues() {
    assertThatThrownBy(() -> CanaryCriterion.latency(1, TENTH)).hasMessageContaining("quantile");
    assertThatThrownBy(() -> CanaryCriterion.latency(95, TENTH)).hasMessageContaining("95");
    assertThatThrownBy(() -> CanaryCriterion.goldenScore(TENTH))
        .hasMessageContaining("must be absolute");
    assertThatThrownBy(() -> CanaryCriterion.cost(TENTH).withMinimum(0))
        .hasMessageContaining("minimum");
    assertThatThrownBy(() -> Tolerance.absolute(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Tolerance.relative(-0.1)).hasMessageContaining("-0.1");
    assertThatThrownBy(() -> new JudgeRates(0, 0.05)).hasMessageContaining("false-rollback");
    assertThatThrownBy(() -> new JudgeRates(0.05, 1)).hasMessageContaining("false-pass");
  }
}
