package io.gild.judging;

/**
 * How a criterion stands.
 *
 * @param stableCount compared calls of the stable version
 * @param canaryCount compared calls of the canary
 * @param logWorse logarithm of the e-value that speaks against the canary
 * @param logFine logarithm of the e-value that speaks for it
 * @param isHarmful whether the estimated harm is above the tolerance
 */
record Standing(
    long stableCount, long canaryCount, double logWorse, double logFine, boolean isHarmful) {

  CanaryVerdict verdict(long minimum, Levels levels) {
    if (Math.min(stableCount, canaryCount) < minimum) {
      return CanaryVerdict.NODATA;
    }
    if (isHarmful) {
      return logWorse >= levels.logRequired() ? CanaryVerdict.FAIL : CanaryVerdict.INCONCLUSIVE;
    }
    return logFine >= levels.logRequiredToPass() ? CanaryVerdict.PASS : CanaryVerdict.INCONCLUSIVE;
  }
}
