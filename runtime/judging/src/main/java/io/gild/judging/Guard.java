package io.gild.judging;

import io.gild.config.Experimental;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Stops a rollout at once if the new version is far out of bounds. It proves nothing: it compares
 * the newest intervals with plain limits. A value that the stable version exceeds as much is no
 * reason, because a rollback would not help.
 *
 * <p>Not thread-safe. It keeps the newest intervals only, and need not be saved.
 */
@Experimental
public final class Guard {

  private static final double TAIL = 0.95;

  private final GuardLimits limits;
  private final Deque<TrafficInterval> window = new ArrayDeque<>();

  /**
   * Creates a guard that has seen no calls.
   *
   * @param limits what must not be exceeded
   */
  public Guard(GuardLimits limits) {
    this.limits = limits;
  }

  /**
   * Adds the calls of an interval.
   *
   * @param interval what both versions did in the same time
   * @return why the rollout must end now, in one sentence; empty if it may go on
   */
  public Optional<String> add(TrafficInterval interval) {
    window.addLast(interval);
    if (window.size() > limits.intervals()) {
      window.removeFirst();
    }
    return errors().or(this::latency).or(this::cost);
  }

  private Optional<String> errors() {
    if (calls(TrafficInterval::canary) < limits.minimum()) {
      return Optional.empty();
    }
    double canary = errorRate(TrafficInterval::canary);
    double stable = errorRate(TrafficInterval::stable);
    return exceeded(canary, stable, limits.errorRate())
        ? reason(
            "error rate is %.1f %%, the limit is %.1f %%", 100 * canary, 100 * limits.errorRate())
        : Optional.empty();
  }

  private long calls(Function<TrafficInterval, CallSamples> side) {
    return window.stream().map(side).mapToLong(each -> each.requests() - each.refusals()).sum();
  }

  private double errorRate(Function<TrafficInterval, CallSamples> side) {
    long errors = window.stream().map(side).mapToLong(CallSamples::errors).sum();
    return (double) errors / calls(side); // NaN without calls, which exceeds nothing
  }

  private Optional<String> latency() {
    if (limits.latency() == Double.POSITIVE_INFINITY) {
      return Optional.empty();
    }
    double canary = tail(values(TrafficInterval::canary, CallSamples::latencies));
    double stable = tail(values(TrafficInterval::stable, CallSamples::latencies));
    return exceeded(canary, stable, limits.latency())
        ? reason("p95 of the latency is %.3f s, the limit is %.3f s", canary, limits.latency())
        : Optional.empty();
  }

  private Optional<String> cost() {
    if (limits.cost() == Double.POSITIVE_INFINITY) {
      return Optional.empty();
    }
    double canary = mean(values(TrafficInterval::canary, CallSamples::costs));
    double stable = mean(values(TrafficInterval::stable, CallSamples::costs));
    return exceeded(canary, stable, limits.cost())
        ? reason("cost per call is $%.6f, the limit is $%.6f", canary, limits.cost())
        : Optional.empty();
  }

  private double[] values(
      Function<TrafficInterval, CallSamples> side, Function<CallSamples, double[]> values) {
    return window.stream()
        .map(side)
        .map(values)
        .flatMapToDouble(Arrays::stream)
        .filter(value -> value >= 0 && value < Double.POSITIVE_INFINITY)
        .toArray();
  }

  /** Returns {@code NaN} for too few values, which exceeds nothing. */
  private double tail(double[] values) {
    if (values.length < limits.minimum()) {
      return Double.NaN;
    }
    Arrays.sort(values);
    return values[(int) Math.ceil(TAIL * values.length) - 1];
  }

  private double mean(double[] values) {
    return values.length < limits.minimum()
        ? Double.NaN
        : Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static boolean exceeded(double canary, double stable, double limit) {
    return canary > limit && !(stable >= canary);
  }

  private Optional<String> reason(String format, double value, double limit) {
    return Optional.of(
        String.format(Locale.ROOT, format, value, limit)
            + " (newest "
            + window.size()
            + " intervals)");
  }
}
