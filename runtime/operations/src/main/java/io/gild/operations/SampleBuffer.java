package io.gild.operations;

import io.gild.judging.CallSamples;
import java.util.Arrays;

/** Collects the calls of one version between two readings. Thread-safe. */
final class SampleBuffer {

  private static final int FIRST = 64;
  private static final double NANOS = 1e9;

  /** A list of numbers. */
  private static final class Numbers {

    private double[] values = new double[FIRST];
    private int size;

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    double[] take() {
      double[] taken = Arrays.copyOf(values, size);
      size = 0;
      values = new double[FIRST];
      return taken;
    }
  }

  /** The most calls of one interval whose numbers are kept; the others are only counted. */
  private static final int MOST = 100_000;

  private final Numbers latencies = new Numbers();
  private final Numbers costs = new Numbers();
  private final Numbers tokens = new Numbers();
  private long requests;
  private long errors;
  private long refusals;

  /**
   * Adds a call.
   *
   * @param nanos its duration
   * @param nanoUsd its cost in billionths of a US dollar; below zero if it is unknown
   * @param tokenCount its tokens; 0 if it reported none
   */
  synchronized void add(
      boolean failed, boolean refused, long nanos, long nanoUsd, long tokenCount) {
    requests++;
    if (refused) {
      refusals++;
      return;
    }
    if (failed) {
      errors++;
    }
    if (latencies.size >= MOST) {
      return;
    }
    latencies.add(nanos / NANOS);
    if (nanoUsd >= 0 && tokenCount > 0) {
      costs.add(nanoUsd / NANOS);
    }
    if (tokenCount > 0) {
      tokens.add((double) tokenCount);
    }
  }

  synchronized CallSamples take() {
    CallSamples taken =
        new CallSamples(requests, errors, refusals, latencies.take(), costs.take(), tokens.take());
    requests = 0;
    errors = 0;
    refusals = 0;
    return taken;
  }
}
