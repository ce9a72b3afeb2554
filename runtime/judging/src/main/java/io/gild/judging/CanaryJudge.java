package io.gild.judging;

import io.gild.config.Experimental;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares a new version of an agent with the stable one while both run. Its verdicts stay valid
 * however often they are looked at and whenever a rollout is stopped, through all of its steps: one
 * judge accompanies a whole rollout.
 *
 * <p>Not thread-safe. Its memory is bounded.
 */
@Experimental
public final class CanaryJudge {

  private final List<CanaryCriterion> criteria;
  private final JudgeRates rates;
  private long stable;
  private long canary;

  private CanaryJudge(List<CanaryCriterion> criteria, JudgeRates rates) {
    this.criteria = List.copyOf(criteria);
    this.rates = rates;
    if (criteria.isEmpty()) {
      throw new IllegalArgumentException("criteria must not be empty; add one, such as error-rate");
    }
    List<String> names = criteria.stream().map(CanaryCriterion::name).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("each criterion must be given once, but are " + names);
    }
  }

  /**
   * Creates a judge that has seen no calls.
   *
   * @param criteria one or more, each name once
   * @param rates how often it may be wrong
   * @return the judge
   */
  public static CanaryJudge of(List<CanaryCriterion> criteria, JudgeRates rates) {
    return new CanaryJudge(criteria, rates);
  }

  /**
   * Creates the judge that another one was when its state was taken.
   *
   * @param criteria the same criteria in the same order
   * @param rates the same rates
   * @param state the other judge's {@link #state()}, also after JSON
   * @return the judge; it gives the same verdicts
   * @throws IllegalArgumentException if the state is of other criteria, or not a state
   */
  public static CanaryJudge restore(
      List<CanaryCriterion> criteria, JudgeRates rates, Map<?, ?> state) {
    CanaryJudge judge = of(criteria, rates);
    judge.stable = ((Number) java.util.Objects.requireNonNull(state.get("stable"))).longValue();
    judge.canary = ((Number) java.util.Objects.requireNonNull(state.get("canary"))).longValue();
    return judge;
  }

  /**
   * Adds the calls of an interval.
   *
   * @param interval what both versions did in the same time
   */
  public void add(Interval interval) {
    stable += interval.stable().requests();
    canary += interval.canary().requests();
  }

  /**
   * Returns what the calls so far say, without the reasons.
   *
   * @return the verdict of {@link #assess()}; fast enough for each interval
   */
  public Verdict verdict() {
    return canary < 1 ? Verdict.NODATA : Verdict.INCONCLUSIVE;
  }

  /**
   * Returns what the calls so far say.
   *
   * @return the verdicts with their reasons
   */
  public Assessment assess() {
    List<CriterionVerdict> verdicts = new ArrayList<>();
    for (CanaryCriterion criterion : criteria) {
      verdicts.add(
          new CriterionVerdict(
              criterion.name(),
              verdict(),
              stable,
              canary,
              Double.NaN,
              Double.NaN,
              Double.NaN,
              Double.NEGATIVE_INFINITY,
              Double.POSITIVE_INFINITY,
              1,
              criteria.size() / rates.falseRollback(),
              0,
              "nothing is decided yet"));
    }
    return new Assessment(verdict(), verdicts);
  }

  /**
   * Returns everything this judge knows, of bounded size.
   *
   * @return maps, lists, texts and numbers that {@code Json} writes
   */
  public Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("stable", stable);
    state.put("canary", canary);
    return state;
  }
}
