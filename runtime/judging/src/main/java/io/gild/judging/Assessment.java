package io.gild.judging;

import io.gild.config.Experimental;
import java.util.List;

/**
 * What all calls so far say about a new version.
 *
 * @param verdict {@link CanaryVerdict#FAIL} if a criterion fails; else {@link CanaryVerdict#NODATA}
 *     if one has too few calls; else {@link CanaryVerdict#INCONCLUSIVE} if one is undecided; else
 *     {@link CanaryVerdict#PASS}
 * @param criteria the verdict on each criterion, in the order of the criteria
 */
@Experimental
public record Assessment(CanaryVerdict verdict, List<CriterionVerdict> criteria) {

  /** Copies the list. */
  public Assessment {
    criteria = List.copyOf(criteria);
  }

  /**
   * Returns the criteria that explain the overall verdict.
   *
   * @return those of the same verdict, at least one
   */
  public List<CriterionVerdict> decisive() {
    return criteria.stream().filter(each -> each.verdict() == verdict).toList();
  }

  /**
   * Combines the verdicts on criteria.
   *
   * @param verdicts one for each criterion
   * @return the overall verdict
   */
  static CanaryVerdict overall(List<CanaryVerdict> verdicts) {
    for (CanaryVerdict verdict :
        List.of(CanaryVerdict.FAIL, CanaryVerdict.NODATA, CanaryVerdict.INCONCLUSIVE)) {
      if (verdicts.contains(verdict)) {
        return verdict;
      }
    }
    return CanaryVerdict.PASS;
  }
}
