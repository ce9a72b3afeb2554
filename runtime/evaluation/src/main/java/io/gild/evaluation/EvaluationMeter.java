package io.gild.evaluation;

import io.gild.config.Experimental;
import io.gild.core.spi.MeterSpec;
import java.util.Arrays;
import java.util.List;

/** The meters of evaluation. */
@Experimental
public enum EvaluationMeter {
  /** Scores of checks. */
  SCORE(
      MeterSpec.summary(
              "gild.eval.score", "Scores of checks, from 0 to 1", 0.1, 0.25, 0.5, 0.75, 0.9, 1)
          .by("agent", "evaluator")),
  /** Results of checks. */
  RESULTS(
      MeterSpec.counter("gild.eval.results", "Checks of answers by result")
          .by("agent", "evaluator", "result"));

  private final MeterSpec spec;

  EvaluationMeter(MeterSpec spec) {
    this.spec = spec;
  }

  /**
   * Returns the declaration.
   *
   * @return the meter
   */
  public MeterSpec spec() {
    return spec;
  }

  static List<MeterSpec> specs() {
    return Arrays.stream(values()).map(EvaluationMeter::spec).toList();
  }
}
