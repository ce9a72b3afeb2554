package io.gild.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How soon faults of agents are found, and how often there is none: simulated, with fixed seeds.
 *
 * <p>An agent is healthy for an hour at one call per second, for a day at three calls per minute;
 * then it gets one of five faults, in turn.
 */
final class AnomalyMeasurements {

  private static final List<CallFault> FAULTS =
      List.of(
          CallFault.OUTAGE,
          CallFault.SLOWER,
          CallFault.DEARER,
          CallFault.REFUSALS,
          CallFault.TOOL_ERRORS,
          CallFault.OUTAGE,
          CallFault.SLOWER,
          CallFault.LONGER,
          CallFault.REFUSALS,
          CallFault.TOOL_ERRORS);

  private static final double HOUR = 3_600;
  private static final double DAY = 24 * HOUR;
  private static final double WEEK = 7 * DAY;
  private static final long SEED = 20_261_130;

  /** Calls per second, and how long the agent is healthy before a fault. */
  record Rate(double perSecond, double healthySeconds, double longestSeconds) {

    static final Rate BUSY = new Rate(1, HOUR, HOUR);
    static final Rate RARE = new Rate(0.05, DAY, 20 * HOUR);
  }

  private final int faults;
  private final int weeks;
  private final Consumer<String> progress;

  AnomalyMeasurements(boolean quick, Consumer<String> progress) {
    this.faults = quick ? 20 : 200;
    this.weeks = quick ? 2 : 20;
    this.progress = progress;
  }

  /** Measures the time from a fault to the first flag after it. */
  Row timeToDetect(String name, Rate rate) {
    progress.accept(name);
    double quiet = gaussianThreshold(rate);
    Times ours = times(rate, ObservedAgent::new);
    Times others = times(rate, () -> new WindowedGaussian(quiet));
    return new Row(
        name + " / windowed-gaussian",
        "s",
        Score.of(ours.median(null)),
        Score.of(others.median(null)),
        "median by fault: " + ours + "; windowed Gaussian: " + others);
  }

  /** Measures the flags of an agent that has no fault. */
  Row falseFlags(String name, Rate rate, double daily) {
    progress.accept(name);
    int total = 0;
    for (int i = 0; i < weeks; i++) {
      total += flags(new ObservedAgent(), rate, daily, i);
    }
    double quiet = gaussianThreshold(rate);
    int others = 0;
    for (int i = 0; i < weeks; i++) {
      others += flags(new WindowedGaussian(quiet), rate, daily, i);
    }
    return new Row(
        name + " / windowed-gaussian",
        "flags per agent and week",
        Score.of((double) total / weeks),
        Score.of((double) others / weeks),
        String.format(
            Locale.ROOT, "%d flags in %d weeks; windowed Gaussian: %d", total, weeks, others));
  }

  private static int flags(FaultFinder finder, Rate rate, double daily, int index) {
    try (finder) {
      traffic(finder, rate, daily, SEED + index).run(WEEK, CallFault.NONE, () -> false);
      return finder.flags();
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static SimulatedTraffic traffic(FaultFinder finder, Rate rate, double daily, long seed) {
    return new SimulatedTraffic(seed, rate.perSecond(), daily, finder::accept, finder::turn);
  }

  /** Returns the threshold that raises one flag a week on healthy agents. */
  private double gaussianThreshold(Rate rate) {
    WindowedGaussian gaussian = new WindowedGaussian(Double.MAX_VALUE);
    int calibrated = Math.min(5, weeks);
    traffic(gaussian, rate, 0, SEED - 1).run(calibrated * WEEK, CallFault.NONE, () -> false);
    return gaussian.quietAt(calibrated);
  }

  private Times times(Rate rate, Supplier<FaultFinder> finders) {
    double[] times = new double[faults];
    for (int i = 0; i < faults; i++) {
      times[i] = time(finders.get(), rate, FAULTS.get(i % FAULTS.size()), SEED + 1_000 + i);
    }
    return new Times(times);
  }

  private static double time(FaultFinder finder, Rate rate, CallFault fault, long seed) {
    try (finder) {
      SimulatedTraffic traffic = traffic(finder, rate, 0, seed);
      traffic.run(rate.healthySeconds(), CallFault.NONE, () -> false);
      int before = finder.flags();
      double end = rate.healthySeconds() + rate.longestSeconds();
      double found = traffic.run(end, fault, () -> finder.flags() > before);
      return finder.flags() > before ? found - rate.healthySeconds() : Double.POSITIVE_INFINITY;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Seconds from each fault to its flag.
   *
   * @param seconds infinite for a fault that was not found
   */
  private record Times(double[] seconds) {

    /** Returns the median, of one fault or of all if that is null. */
    double median(@Nullable CallFault fault) {
      double[] chosen =
          IntStream.range(0, seconds.length)
              .filter(i -> fault == null || FAULTS.get(i % FAULTS.size()) == fault)
              .mapToDouble(i -> seconds[i])
              .sorted()
              .toArray();
      return chosen[chosen.length / 2];
    }

    long missed() {
      return Arrays.stream(seconds).filter(Double::isInfinite).count();
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      for (CallFault fault : CallFault.values()) {
        if (fault != CallFault.NONE) {
          text.append(
              String.format(
                  Locale.ROOT,
                  "%s %.0f s, ",
                  fault.name().toLowerCase(Locale.ROOT),
                  median(fault)));
        }
      }
      return text + "not found " + missed() + " of " + seconds.length;
    }
  }
}
