package io.gild.semantic;

import io.gild.config.Experimental;

/**
 * What a cache did so far.
 *
 * @param requests questions that were looked up
 * @param hits answers that were repeated
 * @param explored would-be hits whose answer the model gave
 * @param exploredWrong those of them whose repeated answer would have been wrong
 * @param vetoed questions whose nearest earlier question differs in a number, a name or the like
 * @param entries questions with their answers that are kept
 * @param weight bytes that they and the labels take, by estimate
 */
@Experimental
public record SemanticStatistics(
    long requests,
    long hits,
    long explored,
    long exploredWrong,
    long vetoed,
    long entries,
    long weight) {

  private static final double NORMAL_95 = 1.645;

  /**
   * Returns the share of all requests that got a wrong answer, as the explored hits show it.
   *
   * @return 0 to 1; NaN as long as no hit was explored
   */
  public double wrongRate() {
    return explored == 0 ? Double.NaN : hitRate() * exploredWrong / explored;
  }

  /**
   * Returns a rate that the share of wrong answers does not exceed with a confidence of 95 %
   * (Wilson's interval).
   *
   * @return 0 to 1; the share of hits as long as no hit was explored
   */
  public double wrongRateUpperBound() {
    if (explored == 0) {
      return hitRate();
    }
    double share = (double) exploredWrong / explored;
    double z = NORMAL_95 * NORMAL_95 / explored;
    double middle = share + z / 2;
    double width = NORMAL_95 * Math.sqrt(share * (1 - share) / explored + z / (4 * explored));
    return hitRate() * Math.min(1, (middle + width) / (1 + z));
  }

  /**
   * Returns the share of repeated answers.
   *
   * @return 0 to 1
   */
  public double hitRate() {
    return requests == 0 ? 0 : (double) hits / requests;
  }

  SemanticStatistics plus(SemanticStatistics other) {
    return new SemanticStatistics(
        requests + other.requests,
        hits + other.hits,
        explored + other.explored,
        exploredWrong + other.exploredWrong,
        vetoed + other.vetoed,
        entries + other.entries,
        weight + other.weight);
  }
}
