package io.gild.operations;

import io.gild.config.Durations;
import io.gild.judging.CallSamples;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;

/** Fixed limits for the new version's calls of the last seconds, checked without a comparison. */
final class CallGuard {

  /** Calls, and how long ago they ended. */
  private static final class Aged {

    private final CallSamples samples;
    private long age;

    Aged(CallSamples samples) {
      this.samples = samples;
    }
  }

  private static final double QUANTILE = 0.95;
  private static final double PERCENT = 100;

  private final GuardSettings settings;
  private final Deque<Aged> window = new ArrayDeque<>();

  CallGuard(GuardSettings settings) {
    this.settings = settings;
  }

  void add(CallSamples samples) {
    if (samples.requests() > 0 || samples.latencies().length > 0) {
      window.add(new Aged(samples));
    }
  }

  /** Returns what is beyond its limit, or an empty text. */
  String check(long passed) {
    long most = settings.window().toNanos();
    window.forEach(each -> each.age += passed);
    while (!window.isEmpty() && window.element().age > most) {
      window.remove();
    }
    String errors = errors();
    if (!errors.isEmpty()) {
      return errors;
    }
    String latency = latency();
    return latency.isEmpty() ? cost() : latency;
  }

  private String errors() {
    Double limit = settings.errorRate();
    long requests = 0;
    long failed = 0;
    for (Aged each : window) {
      requests += each.samples.requests() - each.samples.refusals();
      failed += each.samples.errors();
    }
    if (limit == null || requests < settings.minCalls() || failed <= limit * requests) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "guard: %d of %d calls of the last %s failed (%.1f %%), more than %.1f %%",
        failed,
        requests,
        Durations.format(settings.window()),
        PERCENT * failed / requests,
        PERCENT * limit);
  }

  private String latency() {
    Duration limit = settings.latency();
    if (limit == null) {
      return "";
    }
    double[] all = values(true);
    if (all.length < settings.minCalls()) {
      return "";
    }
    Arrays.sort(all);
    double found = all[(int) Math.ceil(QUANTILE * all.length) - 1];
    double seconds = limit.toNanos() / 1e9;
    return found <= seconds
        ? ""
        : String.format(
            Locale.ROOT,
            "guard: the 95th percentile of %d calls of the last %s is %.3f s, more than %s",
            all.length,
            Durations.format(settings.window()),
            found,
            Durations.format(limit));
  }

  private String cost() {
    Double limit = settings.cost();
    if (limit == null) {
      return "";
    }
    double[] all = values(false);
    if (all.length < settings.minCalls()) {
      return "";
    }
    double mean = Arrays.stream(all).average().orElse(0);
    return mean <= limit
        ? ""
        : String.format(
            Locale.ROOT,
            "guard: %d calls of the last %s cost $%.6f on average, more than $%.6f",
            all.length,
            Durations.format(settings.window()),
            mean,
            limit);
  }

  /** Returns the latencies or costs within the window that can be used. */
  private double[] values(boolean latencies) {
    return window.stream()
        .flatMapToDouble(
            each -> Arrays.stream(latencies ? each.samples.latencies() : each.samples.costs()))
        .filter(value -> value >= 0 && Double.isFinite(value))
        .toArray();
  }
}
