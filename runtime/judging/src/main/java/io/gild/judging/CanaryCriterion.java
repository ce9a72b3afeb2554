package io.gild.judging;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.math.BigDecimal;
import java.util.List;

/**
 * One property in which a new version must not be worse than the stable one.
 *
 * @param kind the property
 * @param quantile the quantile of a latency, above 0 and below 1; zero for all other kinds
 * @param tolerance how much worse it may be; absolute for a golden score
 * @param minimum how many calls (or golden tasks) of each version are compared before there is a
 *     verdict; one or more
 * @param proof what a {@link CanaryVerdict#FAIL} proves
 */
@Experimental
public record CanaryCriterion(
    Kind kind, double quantile, Tolerance tolerance, long minimum, Proof proof) {

  private static final long FEW = 50;
  private static final long FEW_TASKS = 20;

  /** Error rate +0.5 points, p95 of the latency ×1.1, cost ×1.1, golden score −2 points. */
  public static final List<CanaryCriterion> DEFAULTS =
      List.of(
          errorRate(Tolerance.absolute(0.005)),
          latency(0.95, Tolerance.relative(0.1)),
          cost(Tolerance.relative(0.1)),
          goldenScore(Tolerance.absolute(0.02)));

  /** What is compared. */
  public enum Kind {
    /** Failed calls as a share of the calls that no policy refused. */
    ERROR_RATE("error-rate", "error rate"),
    /** Refused calls as a share of all calls. */
    REFUSAL_RATE("refusal-rate", "refusal rate"),
    /** A quantile of the duration, in seconds. */
    LATENCY("latency", "latency"),
    /** The mean cost of a call with a known price, in US dollars. */
    COST("cost", "cost per call"),
    /** The mean number of tokens of a call that reported any. */
    TOKENS("tokens", "tokens per call"),
    /** The mean score of golden tasks that both versions answered. */
    GOLDEN_SCORE("golden-score", "golden score");

    private final String key;
    private final String label;

    Kind(String key, String label) {
      this.key = key;
      this.label = label;
    }

    /**
     * Returns the name in settings and records.
     *
     * @return such as {@code error-rate}
     */
    public String key() {
      return key;
    }

    /** Returns the name in sentences. */
    String label() {
      return label;
    }
  }

  /** What the evidence against a new version must show. Both need a harm above the tolerance. */
  public enum Proof {
    /**
     * The version is worse than the stable one, and its estimated harm is above the tolerance. A
     * version that is no worse is rolled back at the false-rollback rate only.
     */
    WORSE_THAN_STABLE,
    /**
     * The harm itself is proven to be above the tolerance. It needs many more calls if the harm is
     * near the tolerance.
     */
    WORSE_THAN_TOLERATED
  }

  /** Checks the values. */
  public CanaryCriterion {
    Require.atLeast(1, minimum, "minimum");
    if (kind == Kind.LATENCY ? !(quantile > 0 && quantile < 1) : quantile != 0) {
      throw new IllegalArgumentException(
          "quantile must be above 0 and below 1 for a latency, and 0 for %s, but is %s"
              .formatted(kind == Kind.LATENCY ? "all others" : kind.key(), quantile));
    }
    if (kind == Kind.GOLDEN_SCORE && tolerance.relative()) {
      throw new IllegalArgumentException(
          "tolerance of golden-score must be absolute, such as 0.02 for two points of a hundred,"
              + " but is relative: "
              + tolerance.amount());
    }
  }

  /**
   * Compares the share of failed calls.
   *
   * @param tolerance how much more there may be
   * @return the criterion {@code error-rate}
   */
  public static CanaryCriterion errorRate(Tolerance tolerance) {
    return of(Kind.ERROR_RATE, tolerance);
  }

  /**
   * Compares the share of refused calls.
   *
   * @param tolerance how much more there may be
   * @return the criterion {@code refusal-rate}
   */
  public static CanaryCriterion refusalRate(Tolerance tolerance) {
    return of(Kind.REFUSAL_RATE, tolerance);
  }

  /**
   * Compares a quantile of the durations.
   *
   * @param quantile such as 0.95; above 0 and below 1
   * @param tolerance how much slower it may be
   * @return the criterion, such as {@code latency-p95}
   */
  public static CanaryCriterion latency(double quantile, Tolerance tolerance) {
    return new CanaryCriterion(Kind.LATENCY, quantile, tolerance, FEW, Proof.WORSE_THAN_STABLE);
  }

  /**
   * Compares the mean cost per call.
   *
   * @param tolerance how much more it may be
   * @return the criterion {@code cost}
   */
  public static CanaryCriterion cost(Tolerance tolerance) {
    return of(Kind.COST, tolerance);
  }

  /**
   * Compares the mean number of tokens per call.
   *
   * @param tolerance how much more it may be
   * @return the criterion {@code tokens}
   */
  public static CanaryCriterion tokens(Tolerance tolerance) {
    return of(Kind.TOKENS, tolerance);
  }

  /**
   * Compares the scores of golden tasks.
   *
   * @param tolerance how much lower it may be; absolute
   * @return the criterion {@code golden-score}
   */
  public static CanaryCriterion goldenScore(Tolerance tolerance) {
    return of(Kind.GOLDEN_SCORE, tolerance).withMinimum(FEW_TASKS);
  }

  private static CanaryCriterion of(Kind kind, Tolerance tolerance) {
    return new CanaryCriterion(kind, 0, tolerance, FEW, Proof.WORSE_THAN_STABLE);
  }

  /**
   * Returns this criterion with another minimum.
   *
   * @param calls how many calls or tasks of each version; one or more
   * @return the criterion
   */
  public CanaryCriterion withMinimum(long calls) {
    return new CanaryCriterion(kind, quantile, tolerance, calls, proof);
  }

  /**
   * Returns this criterion with another proof.
   *
   * @param needed what a {@link CanaryVerdict#FAIL} proves
   * @return the criterion
   */
  public CanaryCriterion withProof(Proof needed) {
    return new CanaryCriterion(kind, quantile, tolerance, minimum, needed);
  }

  /**
   * Returns the name in settings and records.
   *
   * @return such as {@code error-rate} or {@code latency-p95}
   */
  public String name() {
    if (kind != Kind.LATENCY) {
      return kind.key();
    }
    BigDecimal percent = BigDecimal.valueOf(quantile).movePointRight(2).stripTrailingZeros();
    return kind.key() + "-p" + percent.toPlainString();
  }
}
