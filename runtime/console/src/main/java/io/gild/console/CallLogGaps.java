package io.gild.console;

import java.util.Map;

/** How much a call log does not have, as its lines say; for one thread while it is read. */
final class CallLogGaps {

  private double sampledOut;
  private long lost;

  /** Adds what a line says: each line of a sample stands for several calls. */
  void add(Map<?, ?> line) {
    if (line.get("sampled") instanceof Number rate && rate.doubleValue() > 0) {
      sampledOut += Math.max(0, 1 / rate.doubleValue() - 1);
    }
    if (line.get("lost") instanceof Long count && count > 0) {
      lost += count;
    }
  }

  /** Returns an estimate of the calls that sampling left out. */
  long sampledOut() {
    return Math.round(sampledOut);
  }

  /** Returns how many lines were lost when the log was written. */
  long lost() {
    return lost;
  }
}
