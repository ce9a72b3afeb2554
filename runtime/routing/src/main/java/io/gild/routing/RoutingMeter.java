package io.gild.routing;

import io.gild.config.Experimental;
import io.gild.core.Counts.Event;
import io.gild.core.spi.MeterSpec;
import java.util.Arrays;
import java.util.List;

/** The meters of routing. */
@Experimental
public enum RoutingMeter {
  /** Calls that went on with another model because the present one failed. */
  FAILOVERS(
      MeterSpec.counter("gild.route.failovers", "Calls that went on with the next model")
          .ofMethods()
          .counting(Event.FAILED_OVER)),
  /** Answers that a cascade rejected. */
  ESCALATIONS(
      MeterSpec.counter(
              "gild.route.escalations",
              "Answers that were rejected, so that the next tier was tried")
          .ofMethods()
          .counting(Event.ESCALATED)),
  /** Calls by the tier that answered. */
  ANSWERS(
      MeterSpec.counter("gild.route.answers", "Answers of routed calls by tier").ofMethods("tier")),
  /** Whether a tier can be used. */
  TIER_UP(
      MeterSpec.gauge(
              "gild.route.tier.up", "Whether the endpoint of a tier answers and has its model")
          .highest()
          .by("tier"));

  private final MeterSpec spec;

  RoutingMeter(MeterSpec spec) {
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
    return Arrays.stream(values()).map(RoutingMeter::spec).toList();
  }
}
