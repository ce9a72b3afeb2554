package io.gild.smoke;

import io.gild.core.GildLog;
import io.gild.golden.GoldenSpec;
import java.util.Map;
import java.util.TreeMap;

/** Counts pairs of answers; the first failure of each version is logged. Thread-safe. */
final class PairCounts {

  private long scored;
  private long dropped;
  private long skipped;
  private final Map<String, Long> failed = new TreeMap<>();

  synchronized void scored() {
    scored++;
  }

  synchronized void skipped() {
    skipped++;
  }

  synchronized void dropped(GoldenSpec task, String why) {
    if (dropped++ == 0) {
      GildLog.info("A pair of the golden task " + task.id() + " is left out: " + why);
    }
  }

  /** Counts a failure; an empty one is none. */
  synchronized void failed(String version, GoldenSpec task, String failure) {
    if (!failure.isEmpty() && failed.merge(version, 1L, Long::sum) == 1) {
      GildLog.info("The golden task " + task.id() + " failed in " + version + ": " + failure);
    }
  }

  synchronized String summary() {
    return "Golden tasks: %d pairs scored, %d left out, %d not asked; failures: %s"
        .formatted(scored, dropped, skipped, failed.isEmpty() ? "none" : failed.toString());
  }
}
