package io.gild.anomalies;

import io.gild.core.MethodSpec;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is learned of one method of one version.
 *
 * <p>Samples are judged by one thread at a time; flags and scores may be read by any.
 */
final class MethodWatch {

  /** A sample of a call of the method that succeeded. */
  static final int SUCCEEDED = 0;

  /** A sample of a call of the method that failed or was refused. */
  static final int FAILED = 1;

  /** A sample of an answer of a model. */
  static final int ANSWERED = 2;

  /** A sample of an answer in which a model refuses. */
  static final int REFUSED = 3;

  /** A sample of a run of a tool. */
  static final int TOOL_RAN = 4;

  /** A sample of a run of a tool that failed. */
  static final int TOOL_FAILED = 5;

  private static final int WINDOW = 512;

  /** Calls of methods that ask no model vary by less than this with the machine. */
  private static final double LEAST_SECONDS = 0.01;

  private static final double WEEK_SECONDS = 7 * 24 * 3_600.0;
  private static final long WEEK_NANOS = (long) (WEEK_SECONDS * 1e9);

  /** The shortest time from which the number of values per week is estimated. */
  private static final double SHORTEST_SECONDS = 600;

  private static final double FEWEST_PER_WEEK = 1_000;

  /** Further evidence that each flag of the last week requires of the next one: odds of e to 1. */
  private static final double PER_FLAG = 1;

  /** Statistics of all signals: each may be high by chance. */
  private static final int STATISTICS = 33;

  /** Is notified of changes. */
  interface Reporter {

    void raised(MethodSpec method, AnomalyFlag flag);

    void ended(MethodSpec method, AnomalyFlag flag, boolean adopted);
  }

  private final MethodSpec method;
  private final AnomalyPolicy policy;
  private final long startNanos;
  private final Map<Signal, Detector> detectors = new EnumMap<>(Signal.class);
  private final Map<Signal, FlagTimes> flagTimes = new EnumMap<>(Signal.class);
  private final Map<Signal, AnomalyFlag> flags = new ConcurrentHashMap<>();
  private final Map<Signal, Double> scores = new ConcurrentHashMap<>();
  private final Map<Signal, Integer> raised = new ConcurrentHashMap<>();

  MethodWatch(MethodSpec method, AnomalyPolicy policy, long startNanos) {
    this.method = method;
    this.policy = policy;
    this.startNanos = startNanos;
  }

  MethodSpec method() {
    return method;
  }

  AnomalyPolicy policy() {
    return policy;
  }

  /** Returns the flags that have not ended. */
  Map<Signal, AnomalyFlag> flags() {
    return flags;
  }

  /** Returns the evidence of a signal as a part of what raises a flag; 1 while flagged. */
  double score(Signal signal) {
    return scores.getOrDefault(signal, 0.0);
  }

  /** Returns how many flags a signal has raised. */
  int raised(Signal signal) {
    return raised.getOrDefault(signal, 0);
  }

  void accept(
      int kind, float seconds, float usd, float tokens, long now, Instant time, Reporter reporter) {
    switch (kind) {
      case SUCCEEDED, FAILED -> {
        judge(Signal.FAILURES, kind == FAILED ? 1 : 0, now, time, reporter);
        judge(Signal.LATENCY, seconds, now, time, reporter);
        judge(Signal.COST, usd, now, time, reporter);
        judge(Signal.PRICE, usd / tokens * 1e6f, now, time, reporter);
        judge(Signal.TOKENS, tokens, now, time, reporter);
      }
      case ANSWERED, REFUSED ->
          judge(Signal.REFUSALS, kind == REFUSED ? 1 : 0, now, time, reporter);
      default -> judge(Signal.TOOL_ERRORS, kind == TOOL_FAILED ? 1 : 0, now, time, reporter);
    }
  }

  private void judge(Signal signal, float value, long now, Instant time, Reporter reporter) {
    if (Float.isNaN(value)) {
      return;
    }
    Detector detector = detectors.computeIfAbsent(signal, this::detector);
    FlagTimes times = flagTimes.computeIfAbsent(signal, absent -> new FlagTimes());
    double threshold = threshold(detector, times.since(now - WEEK_NANOS), now);
    Detector.Change change = detector.accept(value, threshold, now, policy.adoptAfter().toNanos());
    scores.put(signal, detector.flagged() ? 1 : Math.min(0.99, detector.evidence() / threshold));
    if (change == Detector.Change.RAISED) {
      times.add(now);
      AnomalyFlag flag = AnomalyWords.flag(method, signal, detector, time);
      flags.put(signal, flag);
      raised.merge(signal, 1, Integer::sum);
      reporter.raised(method, flag);
    } else if (change != null) {
      AnomalyFlag flag = flags.remove(signal);
      if (flag != null) {
        reporter.ended(method, flag.ended(time), change == Detector.Change.ADOPTED);
      }
    }
  }

  private Detector detector(Signal signal) {
    return switch (signal) {
      case LATENCY -> new LevelDetector(WINDOW, policy.warmUp(), LEAST_SECONDS);
      case COST, PRICE, TOKENS -> new LevelDetector(WINDOW, policy.warmUp(), 0);
      case FAILURES, REFUSALS, TOOL_ERRORS -> new ShareDetector(policy.warmUp());
    };
  }

  /**
   * Returns the evidence that raises a flag. A statistic exceeds <i>exp(threshold)</i> by chance at
   * most once in as many values, and in fact {@link Detector#overshoot} times more rarely, so that
   * the accepted number of false flags per week follows from the number of values per week.
   */
  private double threshold(Detector detector, int flagsOfTheWeek, long now) {
    double seconds = Math.max(SHORTEST_SECONDS, (now - startNanos) / 1e9);
    double perWeek = Math.max(FEWEST_PER_WEEK, detector.values() * WEEK_SECONDS / seconds);
    return Math.log(STATISTICS * perWeek / detector.overshoot() / policy.falseFlagsPerWeek())
        + PER_FLAG * flagsOfTheWeek;
  }

  /** When the last flags of a signal were raised. */
  private static final class FlagTimes {

    private static final int MOST = 16;

    private final long[] times = new long[MOST];
    private int count;

    void add(long now) {
      times[count % MOST] = now;
      count++;
    }

    int since(long begin) {
      int found = 0;
      for (int i = 0; i < Math.min(count, MOST); i++) {
        if (times[i] - begin >= 0) {
          found++;
        }
      }
      return found;
    }
  }
}
