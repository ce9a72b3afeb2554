package io.gild.judging;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows the scores of golden tasks that both versions answered. The harm of a pair is {@code h =
 * stable - canary}, from -1 to 1, and {@code c} is the harm that is tested. Each bettor multiplies
 * the wealth by {@code 1 + a (h - c)} for each pair, with {@code a} from earlier intervals: the bet
 * of Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting" (2024). Its
 * mean is at most 1 if the mean harm of an interval's pairs is at most {@code c} and {@code a > 0},
 * or at least {@code c} and {@code a < 0}.
 */
final class ScoreTracker extends CriterionTracker {

  private static final double[] WORSE = {0.02, 0.05, 0.1, 0.2, 0.4};
  private static final double[] FINE = {-0.25, -0.5, -1, -2};
  private static final double LEAST_TOLERANCE = 0.02;
  private static final double LARGEST_LOSS = 0.95;

  private static final double PRIOR_PAIRS = 4;
  private static final double PRIOR_VARIANCE = 0.1;

  private final DifferenceBounds bounds;
  private final Wealth worse = new Wealth(WORSE.length);
  private final Wealth fine = new Wealth(FINE.length);
  private final Usable usable = new Usable();
  private double count;
  private double stableSum;
  private double canarySum;
  private double squares;

  ScoreTracker(CanaryCriterion criterion, Levels levels) {
    super(criterion, levels);
    bounds = new DifferenceBounds(levels.fail());
  }

  @Override
  void add(TrafficInterval interval) {
    List<ScorePair> pairs = interval.golden().stream().filter(this::isUsable).toList();
    if (!pairs.isEmpty()) {
      compare(pairs.stream().mapToDouble(pair -> pair.stable() - pair.canary()).toArray());
      for (ScorePair pair : pairs) {
        stableSum += pair.stable();
        canarySum += pair.canary();
      }
    }
  }

  private boolean isUsable(ScorePair pair) {
    boolean both = isScore(pair.stable()) && isScore(pair.canary());
    if (!both) {
      usable.drop();
    }
    return both;
  }

  private static boolean isScore(double score) {
    return score >= 0 && score <= 1;
  }

  private void compare(double[] harms) {
    double variance = (squares + PRIOR_PAIRS * PRIOR_VARIANCE) / (count + PRIOR_PAIRS);
    double tested = worseOffset(criterion());
    for (int i = 0; i < WORSE.length; i++) {
      worse.multiply(i, logWealth(harms, tested, WORSE[i], variance));
    }
    double tolerance = criterion().tolerance().offset();
    for (int i = 0; i < FINE.length; i++) {
      double gap = FINE[i] * Math.max(tolerance, LEAST_TOLERANCE);
      fine.multiply(i, logWealth(harms, tolerance, gap, variance));
    }
    worse.share(harms.length);
    fine.share(harms.length);
    double sum = 0;
    double sumOfSquares = 0;
    for (double harm : harms) {
      sum += harm;
      sumOfSquares += harm * harm;
    }
    double mean = (stableSum - canarySum) / (count + 1);
    bounds.addPairs(harms.length, sum, sumOfSquares, mean, variance);
    count += harms.length;
    squares += sumOfSquares;
  }

  /** Returns what a bettor's wealth is multiplied by who expects the harm {@code center + gap}. */
  private static double logWealth(double[] harms, double center, double gap, double variance) {
    double bet = gap / (variance + gap * gap);
    double loss = Math.abs(bet) * (bet > 0 ? 1 + center : 1 - center);
    if (loss > LARGEST_LOSS) {
      bet *= LARGEST_LOSS / loss;
    }
    double log = 0;
    for (double harm : harms) {
      log += Math.log1p(bet * (harm - center));
    }
    return log;
  }

  @Override
  Standing standing() {
    return new Standing(
        (long) count,
        (long) count,
        worse.logMean(),
        fine.logMean(),
        stableSum - canarySum > criterion().tolerance().offset() * count);
  }

  @Override
  HarmEstimate measured() {
    double stable = count == 0 ? Double.NaN : stableSum / count;
    double canary = count == 0 ? Double.NaN : canarySum / count;
    return new HarmEstimate(stable, canary, stable - canary, bounds.low(), bounds.high());
  }

  @Override
  long unusable() {
    return usable.dropped();
  }

  @Override
  Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("worse", worse.state());
    state.put("fine", fine.state());
    state.put("bounds", SavedState.of(bounds.state()));
    state.put("sums", SavedState.of(count, stableSum, canarySum, squares));
    state.put("unusable", usable.dropped());
    return state;
  }

  @Override
  void restore(Map<?, ?> state) {
    worse.restore(SavedState.numbers(state, "worse"));
    fine.restore(SavedState.numbers(state, "fine"));
    bounds.restore(SavedState.numbers(state, "bounds", 4));
    double[] sums = SavedState.numbers(state, "sums", 4);
    count = sums[0];
    stableSum = sums[1];
    canarySum = sums[2];
    squares = sums[3];
    usable.restore(SavedState.whole(state, "unusable"));
  }
}
