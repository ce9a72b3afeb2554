package io.gild.dashboards;

import io.gild.config.Experimental;
import io.gild.config.Section;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objectives of an agent, from which alert rules are made.
 *
 * @param availability share of the calls that must not fail or be refused in 30 days; above 0.9306
 *     and below 1
 * @param latency time within which calls must end; one of the bounds of the buckets of {@code
 *     gild.agent.duration}
 * @param latencyShare share of the calls that must end within that time; above 0.9306 and below 1
 */
@Experimental
public record SloSettings(
    @Nullable Double availability, @Nullable Duration latency, @Nullable Double latencyShare) {

  /** Name of the objectives of agents without their own. */
  public static final String DEFAULT = "default";

  /** The section {@code slos}: objectives by name of the agent. */
  public static final Section<Map<String, SloSettings>> SECTION =
      Section.mapOf("slos", SloSettings.class)
          .optional(SloSettings.class, "availability", "latency", "latency-share");

  /** The objectives that are used where nothing is set: 99 %, and 95 % within 15 seconds. */
  public static final SloSettings SHIPPED = new SloSettings(0.99, Duration.ofSeconds(15), 0.95);

  /** A page comes at 14.4 times the allowed rate: more than all calls would have to fail below. */
  private static final double LOWEST = 1 - 1 / BurnRate.FASTEST;

  /** Checks the values. */
  public SloSettings {
    check(availability, "availability");
    check(latencyShare, "latency-share");
    if (latency != null && (latency.isNegative() || latency.isZero())) {
      throw new IllegalArgumentException("latency must be above 0, but is " + latency);
    }
  }

  private static void check(@Nullable Double share, String name) {
    if (share != null && !(share > LOWEST && share < 1)) {
      throw new IllegalArgumentException(
          name
              + " must be above 0.9306 and below 1, but is "
              + BigDecimal.valueOf(share).toPlainString()
              + (share <= LOWEST
                  ? ": at 14.4 times the allowed failures, more than all calls would have to fail, so"
                      + " that the alert could never fire"
                  : ""));
    }
  }

  /** Returns these objectives, with those of others where nothing is set. */
  SloSettings over(SloSettings others) {
    return new SloSettings(
        availability == null ? others.availability : availability,
        latency == null ? others.latency : latency,
        latencyShare == null ? others.latencyShare : latencyShare);
  }
}
