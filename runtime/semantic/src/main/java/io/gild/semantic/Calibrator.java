package io.gild.semantic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Learns from labels which answers may be repeated; keeps the newest labels and fits again every
 * hundred requests, on the executor's thread. Thread-safe.
 */
final class Calibrator {

  private static final int MOST_LABELS = 4_000;
  private static final int FEWEST_LABELS = 50;
  private static final int REQUESTS_BETWEEN_FITS = 100;
  private static final long LABEL_WEIGHT = 64 + 4L * PairFeatures.COUNT;

  private final ThresholdFit fit;
  private final Executor executor;
  private final Deque<CalibrationLabel> labels = new ArrayDeque<>();
  private final AtomicBoolean fitting = new AtomicBoolean();
  private volatile Calibration current = Calibration.none();
  private long requests;
  private long requestsBefore;
  private long restored;
  private long fittedAt;

  Calibrator(ThresholdFit fit, Executor executor) {
    this.fit = fit;
    this.executor = executor;
  }

  Calibration current() {
    return current;
  }

  /** Counts a request; returns its number. */
  synchronized long request() {
    return ++requests;
  }

  /** Returns how many requests there were, without those before a restart. */
  synchronized long requests() {
    return requests - restored;
  }

  /** Adds a label; returns by how many bytes the labels grew. */
  long add(CalibrationLabel label) {
    long grown = LABEL_WEIGHT;
    synchronized (this) {
      labels.add(label);
      if (labels.size() > MOST_LABELS) {
        requestsBefore = labels.remove().request();
        grown = 0;
      }
    }
    return grown;
  }

  /** Returns a copy of the labels, and counts the requests from where these begin. */
  synchronized LearnedLabels learned(String embedder) {
    return new LearnedLabels(embedder, requests, List.copyOf(labels)).since(requestsBefore);
  }

  /**
   * Takes over what was learned before, unless requests have come since; returns by how many bytes
   * the labels grew, or -1.
   */
  long restore(LearnedLabels learned) {
    long grown = 0;
    synchronized (this) {
      if (requests > 0 || !labels.isEmpty()) {
        return -1;
      }
      requests = learned.requests();
      restored = requests;
    }
    for (CalibrationLabel label : learned.labels()) {
      grown += add(label);
    }
    refit();
    return grown;
  }

  /** Fits again if it is time. */
  void refit() {
    synchronized (this) {
      if (labels.size() < FEWEST_LABELS || requests - fittedAt < REQUESTS_BETWEEN_FITS) {
        return;
      }
    }
    if (fitting.compareAndSet(false, true)) {
      try {
        executor.execute(this::fit);
      } catch (RejectedExecutionException ended) {
        fitting.set(false);
      }
    }
  }

  private void fit() {
    try {
      List<CalibrationLabel> known;
      long during;
      synchronized (this) {
        fittedAt = requests;
        known = List.copyOf(labels);
        during = requests - requestsBefore;
      }
      current = fit.fit(known, during, current);
    } finally {
      fitting.set(false);
    }
  }
}
