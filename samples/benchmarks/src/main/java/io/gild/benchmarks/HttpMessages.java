package io.gild.benchmarks;

import java.io.IOException;
import java.util.Arrays;

/**
 * How long messages take, one after the other over one connection.
 *
 * @param p50 the median in microseconds
 * @param p99 the 99th percentile in microseconds
 */
record HttpMessages(double p50, double p99) {

  private static final double NANOS_PER_MICRO = 1e3;

  /** Measures messages after as many that do not count. */
  static HttpMessages measure(HttpSide side, int messages) throws IOException {
    long[] nanos = new long[messages];
    try (RawClient client = new RawClient(side.port())) {
      for (int i = 0; i < 2 * messages; i++) {
        long start = System.nanoTime();
        String answer = client.post(side.messagePath(), side.message(i));
        nanos[i % messages] = System.nanoTime() - start;
        if (!answer.contains("COMPLETED")) {
          throw new IOException("A task is not complete: " + answer);
        }
      }
    }
    Arrays.sort(nanos);
    return new HttpMessages(
        nanos[messages / 2] / NANOS_PER_MICRO, nanos[messages * 99 / 100] / NANOS_PER_MICRO);
  }
}
