package io.gild.smoke.spi;

import io.gild.config.Experimental;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a smoke test found.
 *
 * @param outcome how it ended
 * @param reason one sentence: what was tested, what is wrong, or why there is nothing to test
 */
@Experimental
public record SmokeFinding(Outcome outcome, String reason) {

  /** How a test ended. */
  public enum Outcome {
    /** Everything that was tested works. */
    PASSED,
    /** Something does not work. */
    FAILED,
    /** There is nothing to test; nothing was tested. */
    NOT_APPLICABLE
  }

  /** Checks that there is a reason. */
  public SmokeFinding {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("reason must state what was found, but is blank");
    }
  }

  /**
   * Returns that everything works.
   *
   * @param tested what was tested
   * @return the finding
   */
  public static SmokeFinding passed(String tested) {
    return new SmokeFinding(Outcome.PASSED, tested);
  }

  /**
   * Returns that something does not work.
   *
   * @param wrong what was found and what was expected
   * @return the finding
   */
  public static SmokeFinding failed(String wrong) {
    return new SmokeFinding(Outcome.FAILED, wrong);
  }

  /**
   * Returns that there is nothing to test.
   *
   * @param missing what is missing
   * @return the finding
   */
  public static SmokeFinding notApplicable(String missing) {
    return new SmokeFinding(Outcome.NOT_APPLICABLE, missing);
  }

  /**
   * Combines findings: one that failed decides, then one that passed.
   *
   * @param findings the findings; at least one
   * @return the finding with the reasons of all that have its outcome
   */
  public static SmokeFinding all(List<SmokeFinding> findings) {
    for (Outcome outcome : List.of(Outcome.FAILED, Outcome.PASSED, Outcome.NOT_APPLICABLE)) {
      String reasons =
          findings.stream()
              .filter(each -> each.outcome == outcome)
              .map(SmokeFinding::reason)
              .collect(Collectors.joining("; "));
      if (!reasons.isEmpty()) {
        return new SmokeFinding(outcome, reasons);
      }
    }
    throw new IllegalArgumentException("findings must have at least one, but are empty");
  }
}
