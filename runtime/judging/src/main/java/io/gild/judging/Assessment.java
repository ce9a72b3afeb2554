package io.gild.judging;

import io.gild.config.Experimental;
import java.util.List;

/**
 * What all calls so far say about a new version.
 *
 * @param verdict {@link Verdict#FAIL} if a criterion fails; else {@link Verdict#NODATA} if one has
 *     too few calls; else {@link Verdict#INCONCLUSIVE} if one is undecided; else {@link
 *     Verdict#PASS}
 * @param criteria the verdict on each criterion, in the order of the criteria
 */
@Experimental
public record Assessment(Verdict verdict, List<CriterionVerdict> criteria) {

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
  static Verdict overall(List<Verdict> verdicts) {
    for (Verdict verdict : List.of(Verdict.FAIL, Verdict.NODATA, Verdict.INCONCLUSIVE)) {
      if (verdicts.contains(verdict)) {
        return verdict;
      }
    }
    return Verdict.PASS;
  }
}
