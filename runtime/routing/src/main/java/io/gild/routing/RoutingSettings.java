package io.gild.routing;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What all routed methods have in common.
 *
 * @param patterns regular expressions of routine prompts, found in any case; the first tier gets
 *     them with each strategy but {@code fixed}
 * @param exploration share of the calls of a cascade that begin one tier lower than they would, to
 *     learn whether that tier has become good enough; from 0 to 0.5
 * @param remember whether what was learned is kept in the data directory
 * @param healthInterval how often tiers with an endpoint are checked
 * @param healthTimeout longest time of one check
 */
@Experimental
public record RoutingSettings(
    List<String> patterns,
    double exploration,
    boolean remember,
    Duration healthInterval,
    Duration healthTimeout) {

  /** The section {@code routing}. */
  public static final Section<RoutingSettings> SECTION =
      Section.of("routing", RoutingSettings.class);

  /** Checks the values. */
  public RoutingSettings {
    patterns = List.copyOf(patterns);
    for (String pattern : patterns) {
      try {
        Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "patterns must be regular expressions, but \""
                + pattern
                + "\" is not: "
                + e.getDescription());
      }
    }
    Require.between(0, 0.5, exploration, "exploration");
    Require.positive(healthInterval, "health-interval");
    Require.positive(healthTimeout, "health-timeout");
  }
}
