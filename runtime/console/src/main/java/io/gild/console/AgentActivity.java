package io.gild.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recent calls of one agent: how many, how long, how expensive. Not thread-safe. */
final class AgentActivity {

  static final int BUCKETS = 30;
  static final long BUCKET_MILLIS = 2_000;
  static final long WINDOW_MILLIS = BUCKETS * BUCKET_MILLIS;

  /** Durations of calls that ended longer ago are left out of the percentiles. */
  private static final long PERCENTILES_MILLIS = 300_000;

  private static final int FIRST_SAMPLES = 16;
  private static final int MOST_SAMPLES = 256;

  private final int[] calls = new int[BUCKETS];
  private final long[] nanoUsd = new long[BUCKETS];
  private long newestBucket;
  private long[] durations = new long[FIRST_SAMPLES];
  private long[] ends = new long[FIRST_SAMPLES];
  private long samples;
  private long madeCalls;
  private long madeNanoUsd;
  private long routedNanoUsd;
  private long lastEnd;
  private String lastError = "";

  void add(CallRow row) {
    long bucket = row.endMillis / BUCKET_MILLIS;
    turn(bucket);
    if (bucket > newestBucket - BUCKETS) {
      int place = (int) (bucket % BUCKETS);
      calls[place]++;
      nanoUsd[place] += row.parent == 0 ? row.nanoUsd : 0;
    }
    if (samples == durations.length && samples < MOST_SAMPLES) {
      durations = Arrays.copyOf(durations, durations.length * 2);
      ends = Arrays.copyOf(ends, durations.length);
    }
    int place = (int) (samples++ % durations.length);
    durations[place] = row.durationNanos;
    ends[place] = row.endMillis;
    lastEnd = Math.max(lastEnd, row.endMillis);
    if (row.error != null) {
      lastError = row.error;
    }
    boolean fromCache = row.cache != null && !row.cache.equals("miss");
    if (!fromCache && row.outcome == CallRow.Outcome.SUCCESS) {
      madeCalls++;
      madeNanoUsd += row.nanoUsd;
    }
  }

  /** Adds what a routed call cost less than it would have with the most expensive model. */
  void addRouted(long savedNanoUsd) {
    routedNanoUsd += savedNanoUsd;
  }

  /** Moves the window on to a time; returns whether it has any calls. */
  boolean turnTo(long millis) {
    turn(millis / BUCKET_MILLIS);
    for (int each : calls) {
      if (each > 0) {
        return true;
      }
    }
    return false;
  }

  private void turn(long bucket) {
    if (bucket <= newestBucket) {
      return;
    }
    long from = Math.max(newestBucket + 1, bucket - BUCKETS + 1);
    for (long each = from; each <= bucket; each++) {
      calls[(int) (each % BUCKETS)] = 0;
      nanoUsd[(int) (each % BUCKETS)] = 0;
    }
    newestBucket = bucket;
  }

  long samples() {
    return samples;
  }

  long newestBucket() {
    return newestBucket;
  }

  long lastEnd() {
    return lastEnd;
  }

  String lastError() {
    return lastError;
  }

  long routedNanoUsd() {
    return routedNanoUsd;
  }

  /** Returns what a call costs that no cache answers. */
  long meanNanoUsd() {
    return madeCalls == 0 ? 0 : madeNanoUsd / madeCalls;
  }

  List<Integer> sparkline() {
    List<Integer> line = new ArrayList<>(BUCKETS);
    for (long each = newestBucket - BUCKETS + 1; each <= newestBucket; each++) {
      line.add(calls[(int) Math.floorMod(each, (long) BUCKETS)]);
    }
    return line;
  }

  double callsPerSecond() {
    return Math.round(Arrays.stream(calls).sum() * 100_000.0 / WINDOW_MILLIS) / 100.0;
  }

  long windowNanoUsd() {
    return Arrays.stream(nanoUsd).sum();
  }

  /** Returns the durations of the recent calls in order; empty if there are none. */
  long[] recent(long millis) {
    int known = (int) Math.min(samples, durations.length);
    long[] recent = new long[known];
    int count = 0;
    for (int i = 0; i < known; i++) {
      if (millis - ends[i] <= PERCENTILES_MILLIS) {
        recent[count++] = durations[i];
      }
    }
    long[] sorted = Arrays.copyOf(recent, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Returns a quantile in microseconds, by the nearest rank. */
  static @Nullable Long quantile(long[] sorted, double share) {
    if (sorted.length == 0) {
      return null;
    }
    int rank = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, Math.min(sorted.length - 1, rank))] / 1_000;
  }
}
