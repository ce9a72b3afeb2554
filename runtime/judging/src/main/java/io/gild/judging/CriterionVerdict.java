package io.gild.judging;

import io.gild.config.Experimental;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the calls so far say about one criterion.
 *
 * <p>Harm is how much worse the new version is, in the unit of the criterion's tolerance: 0.01 is
 * one percentage point more errors, one point of a score less, or with a relative tolerance 1 %
 * more of the stable version's value. It is below zero if the new version is better.
 *
 * @param name name of the criterion
 * @param verdict what follows
 * @param stableCount how many calls or tasks of the stable version were compared
 * @param canaryCount how many of the new version were compared
 * @param stable the stable version's value; {@code NaN} if nothing was compared
 * @param canary the new version's value; {@code NaN} if nothing was compared
 * @param harm the estimated harm; {@code NaN} if nothing was compared, and infinite if the stable
 *     version's value is zero and the tolerance is relative
 * @param low lower bound of the harm, valid at every look; may be infinite
 * @param high upper bound of the harm, valid at every look; may be infinite
 * @param evidence the e-value against "the new version is not worse"; zero or more, may be infinite
 * @param required the e-value that is needed for {@link CanaryVerdict#FAIL}
 * @param unusable how many values were left out: not a number, negative, infinite, or a score above
 *     one
 * @param reason one sentence that explains the verdict
 */
@Experimental
public record CriterionVerdict(
    String name,
    CanaryVerdict verdict,
    long stableCount,
    long canaryCount,
    double stable,
    double canary,
    double harm,
    double low,
    double high,
    double evidence,
    double required,
    long unusable,
    String reason) {

  /**
   * Returns the values for a record of an audit log.
   *
   * @return name, verdict and so on, in the order of the components
   */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("verdict", verdict.name());
    fields.put("stable-count", stableCount);
    fields.put("canary-count", canaryCount);
    fields.put("stable", stable);
    fields.put("canary", canary);
    fields.put("harm", harm);
    fields.put("low", low);
    fields.put("high", high);
    fields.put("evidence", evidence);
    fields.put("required", required);
    fields.put("unusable", unusable);
    fields.put("reason", reason);
    return fields;
  }
}
