package io.gild.orchestration;

import io.gild.config.Experimental;
import io.gild.core.spi.MeterSpec;
import java.util.Arrays;
import java.util.List;

/** The meters of runs. */
@Experimental
public enum OrchestrationMeter {
  /** Runs under way. */
  ACTIVE(
      MeterSpec.gauge("gild.run.active", "Runs of a workflow that are under way, by state")
          .by("workflow", "state")),
  /** Seconds per run. */
  DURATION(
      MeterSpec.timer(
              "gild.run.duration",
              "Seconds from the start of a run to its end, by its last state",
              1,
              5,
              15,
              60,
              300,
              1_800,
              7_200,
              86_400)
          .by("workflow", "state")),
  /** Steps that ended. */
  STEPS(MeterSpec.counter("gild.run.steps", "Steps of runs that ended").by("workflow", "outcome"));

  private final MeterSpec spec;

  OrchestrationMeter(MeterSpec spec) {
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
    return Arrays.stream(values()).map(OrchestrationMeter::spec).toList();
  }
}
