package io.gild.judging;

/**
 * The values of a criterion.
 *
 * @param stable the stable version's value, or {@code NaN}
 * @param canary the canary's value, or {@code NaN}
 * @param harm the estimated harm, in the unit of the tolerance, or {@code NaN}
 * @param low its lower bound
 * @param high its upper bound
 */
record HarmEstimate(double stable, double canary, double harm, double low, double high) {

  /** Returns the bounds that also follow from what the tests have proven. */
  HarmEstimate within(double proven, boolean isUpper) {
    return isUpper
        ? new HarmEstimate(stable, canary, harm, Math.min(low, proven), Math.min(high, proven))
        : new HarmEstimate(stable, canary, harm, Math.max(low, proven), Math.max(high, proven));
  }
}
