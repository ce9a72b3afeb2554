package io.gild.benchmarks;

import io.gild.judging.CallSamples;
import io.gild.judging.ScorePair;
import io.gild.judging.TrafficInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes tests that are valid once, each minute over all calls so far, one-sided, at 5 % divided by
 * four: a z-test of two error rates, and Mann-Whitney tests of latencies, costs and scores.
 */
final class RepeatedTests implements LookingJudge {

  private static final int MINUTE = 60;
  private static final int FEWEST = 50;
  private static final int FEWEST_SCORES = 20;

  /** Exceeded with a probability of 1.25 %. */
  private static final double CRITICAL = 2.2414;

  private final Values[] stable = {new Values(), new Values(), new Values()};
  private final Values[] canary = {new Values(), new Values(), new Values()};
  private long stableCalls;
  private long stableErrors;
  private long canaryCalls;
  private long canaryErrors;
  private int seconds;

  @Override
  public boolean rollsBack(TrafficInterval second) {
    add(second.stable(), stable);
    add(second.canary(), canary);
    stableCalls += second.stable().requests();
    stableErrors += second.stable().errors();
    canaryCalls += second.canary().requests();
    canaryErrors += second.canary().errors();
    for (ScorePair pair : second.golden()) {
      stable[2].add(-pair.stable());
      canary[2].add(-pair.canary());
    }
    return ++seconds % MINUTE == 0 && isWorse();
  }

  private static void add(CallSamples samples, Values[] side) {
    Arrays.stream(samples.latencies()).forEach(side[0]::add);
    Arrays.stream(samples.costs()).forEach(side[1]::add);
  }

  private boolean isWorse() {
    return (canaryCalls >= FEWEST
            && (errors() > CRITICAL || rank(0) > CRITICAL || rank(1) > CRITICAL))
        || (canary[2].size >= FEWEST_SCORES && rank(2) > CRITICAL);
  }

  private double errors() {
    double pooled = (double) (stableErrors + canaryErrors) / (stableCalls + canaryCalls);
    double deviation = Math.sqrt(pooled * (1 - pooled) * (1.0 / stableCalls + 1.0 / canaryCalls));
    double difference = (double) canaryErrors / canaryCalls - (double) stableErrors / stableCalls;
    return deviation > 0 ? difference / deviation : 0;
  }

  /** Returns the standardized statistic of Mann and Whitney; ties hardly occur. */
  private double rank(int index) {
    double[] few = canary[index].sorted();
    double[] many = stable[index].sorted();
    double larger = 0;
    int below = 0;
    int equal = 0;
    for (double value : few) {
      while (below < many.length && many[below] < value) {
        below++;
      }
      equal = Math.max(equal, below);
      while (equal < many.length && many[equal] == value) {
        equal++;
      }
      larger += below + (equal - below) / 2.0;
    }
    double pairs = (double) few.length * many.length;
    double deviation = Math.sqrt(pairs * (few.length + many.length + 1) / 12);
    return (larger - pairs / 2) / deviation;
  }

  /** A list of numbers. */
  private static final class Values {

    private final List<double[]> full = new ArrayList<>();
    private double[] last = new double[1_024];
    private int size;

    void add(double value) {
      int at = size++ % last.length;
      last[at] = value;
      if (at == last.length - 1) {
        full.add(last);
        last = new double[last.length];
      }
    }

    double[] sorted() {
      double[] all = new double[size];
      int at = 0;
      for (double[] part : full) {
        System.arraycopy(part, 0, all, at, part.length);
        at += part.length;
      }
      System.arraycopy(last, 0, all, at, size - at);
      Arrays.sort(all);
      return all;
    }
  }
}
