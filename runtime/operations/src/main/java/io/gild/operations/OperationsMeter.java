package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.core.spi.MeterSpec;
import java.util.Arrays;
import java.util.List;

/** The meters of rollouts in this JVM. */
@Experimental
public enum OperationsMeter {
  /** The share of calls that the new version answers. */
  SHARE(
      MeterSpec.gauge("gild.rollout.share", "Per cent of the calls that the new version answers")
          .highest()
          .in("percent")
          .by("rollout", "agent")),
  /** The state of a rollout: 1 for the present one. */
  STATE(
      MeterSpec.gauge("gild.rollout.state", "1 for the present state of a rollout")
          .highest()
          .by("rollout", "agent", "state")),
  /** The verdict on the new version: 1 for the present one. */
  VERDICT(
      MeterSpec.gauge("gild.rollout.verdict", "1 for the present verdict on the new version")
          .highest()
          .by("rollout", "agent", "verdict")),
  /** Rollouts that went back. */
  ROLLBACKS(
      MeterSpec.counter("gild.rollout.rollbacks", "Decisions to take the new version back")
          .by("rollout", "agent"));

  private final MeterSpec spec;

  OperationsMeter(MeterSpec spec) {
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
    return Arrays.stream(values()).map(OperationsMeter::spec).toList();
  }
}
