package io.gild.judging;

import io.gild.config.Experimental;
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

  private static final String VERSION = "1";

  private final List<CriterionTracker> trackers;

  private CanaryJudge(List<CanaryCriterion> criteria, JudgeRates rates) {
    if (criteria.isEmpty()) {
      throw new IllegalArgumentException("criteria must not be empty; add one, such as error-rate");
    }
    List<String> names = criteria.stream().map(CanaryCriterion::name).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("each criterion must be given once, but are " + names);
    }
    Levels levels = new Levels(rates.falseRollback() / criteria.size(), rates.falsePass());
    trackers = criteria.stream().map(each -> CriterionTracker.of(each, levels)).toList();
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
   * @param criteria the same criteria in the same order; another minimum is allowed
   * @param rates how often it may be wrong; the same rates, or the promise of neither holds
   * @param state the other judge's {@link #state()}, also after JSON
   * @return the judge; it gives the same verdicts
   * @throws IllegalArgumentException if the state is of other criteria, or not a state
   */
  public static CanaryJudge restore(
      List<CanaryCriterion> criteria, JudgeRates rates, Map<?, ?> state) {
    CanaryJudge judge = of(criteria, rates);
    if (!VERSION.equals(state.get("version"))) {
      throw new IllegalArgumentException(
          "state of a judge: version must be %s, but is %s"
              .formatted(VERSION, state.get("version")));
    }
    List<?> saved = SavedState.list(state, "criteria");
    if (!saved.equals(judge.signatures())) {
      throw new IllegalArgumentException(
          "state of a judge: it is of the criteria %s, but these are judged: %s; begin a new rollout"
              .formatted(saved, judge.signatures()));
    }
    for (CriterionTracker tracker : judge.trackers) {
      tracker.restore(SavedState.map(state, tracker.criterion().name()));
    }
    return judge;
  }

  /** Returns what the sums of a criterion depend on. */
  private List<String> signatures() {
    return trackers.stream()
        .map(CriterionTracker::criterion)
        .map(each -> each.name() + " " + each.tolerance() + " " + each.proof())
        .toList();
  }

  /**
   * Adds the calls of an interval. Calls of the two sides are compared within an interval, so it
   * should be short: seconds, not hours.
   *
   * @param interval what both versions did in the same time
   */
  public void add(TrafficInterval interval) {
    for (CriterionTracker tracker : trackers) {
      tracker.add(interval);
    }
  }

  /**
   * Returns what the calls so far say, without the reasons.
   *
   * @return the verdict of {@link #assess()}; fast enough for each interval
   */
  public CanaryVerdict verdict() {
    return Assessment.overall(trackers.stream().map(CriterionTracker::verdict).toList());
  }

  /**
   * Returns what the calls so far say.
   *
   * @return the verdicts with their reasons
   */
  public Assessment assess() {
    List<CriterionVerdict> verdicts = trackers.stream().map(CriterionTracker::judge).toList();
    return new Assessment(
        Assessment.overall(verdicts.stream().map(CriterionVerdict::verdict).toList()), verdicts);
  }

  /**
   * Returns everything this judge knows, of bounded size.
   *
   * @return maps, lists, texts and numbers that {@code Json} writes and reads without loss
   */
  public Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("version", VERSION);
    state.put("criteria", signatures());
    for (CriterionTracker tracker : trackers) {
      state.put(tracker.criterion().name(), tracker.state());
    }
    return state;
  }
}
