package io.gild.gates;

import io.gild.config.Experimental;

/**
 * The exact test of McNemar: whether tasks changed in one direction more than by chance.
 *
 * <p>Sources: McNemar, Psychometrika 12 (1947); the exact form is the binomial test of the tasks
 * that changed; its mid-p variant, which is less conservative and keeps its level in practice, by
 * Fagerland, Lydersen and Laake, BMC Medical Research Methodology 13:91 (2013).
 *
 * @param regressed tasks that passed before and do not now
 * @param repaired tasks that did not pass before and do now
 */
@Experimental
public record McNemar(int regressed, int repaired) {

  /** Checks the values. */
  public McNemar {
    if (regressed < 0 || repaired < 0) {
      throw new IllegalArgumentException(
          "regressed and repaired must be >= 0, but are " + regressed + " and " + repaired);
    }
  }

  /**
   * Returns the two-sided exact p-value.
   *
   * @return from 0 to 1; 1 if no task changed
   */
  public double exactP() {
    int fewer = Math.min(regressed, repaired);
    return Math.min(1, 2 * Distributions.binomial(fewer, changed(), 0.5));
  }

  /**
   * Returns the two-sided mid-p value: the exact one minus half of the probability of the observed
   * result.
   *
   * @return from 0 to 1; 1 if no task changed
   */
  public double midP() {
    if (regressed == repaired) {
      return 1;
    }
    int fewer = Math.min(regressed, repaired);
    double upTo = Distributions.binomial(fewer, changed(), 0.5);
    double below = Distributions.binomial(fewer - 1L, changed(), 0.5);
    return Math.min(1, upTo + below);
  }

  private int changed() {
    return regressed + repaired;
  }
}
