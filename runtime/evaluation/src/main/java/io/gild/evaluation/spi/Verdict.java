package io.gild.evaluation.spi;

/**
 * What a validator found.
 *
 * @param passed whether the answer is good enough
 * @param score how good it is, from 0 to 1
 * @param reason one sentence for a reader, empty if the answer passed without remark
 */
public record Verdict(boolean passed, double score, String reason) {

  /** Checks the score. */
  public Verdict {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score must be from 0 to 1, but is " + score);
    }
  }

  /**
   * Returns a full pass.
   *
   * @return passed, with a score of 1
   */
  public static Verdict pass() {
    return new Verdict(true, 1, "");
  }

  /**
   * Returns a full failure.
   *
   * @param reason one sentence for a reader
   * @return failed, with a score of 0
   */
  public static Verdict fail(String reason) {
    return new Verdict(false, 0, reason);
  }
}
