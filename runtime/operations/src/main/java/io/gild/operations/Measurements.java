package io.gild.operations;

import io.gild.core.GildLog;
import io.gild.judging.Assessment;
import io.gild.judging.TrafficInterval;
import io.gild.operations.spi.TelemetrySource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of both versions: reads all sources, judges what they say, and knows which of
 * them is silent. One source that fails loses nothing of the others.
 */
final class Measurements {

  /** A source, and how long it has not answered. */
  private static final class Watched {

    private final TelemetrySource source;
    private long silentNanos;
    private String problem = "";

    Watched(TelemetrySource source) {
      this.source = source;
    }
  }

  private final List<Watched> sources;
  private final RolloutJudge judge;
  private final long mostSilence;

  Measurements(List<TelemetrySource> sources, RolloutJudge judge, long mostSilence) {
    this.sources = sources.stream().map(Watched::new).toList();
    this.judge = judge;
    this.mostSilence = mostSilence;
  }

  /**
   * Reads and judges what happened.
   *
   * @param passed nanoseconds since the last time
   * @param settled whether the present version gets no calls any more
   * @return why the new version has to be taken back at once, or an empty text
   */
  String measure(long passed, boolean settled) {
    List<TrafficInterval> read = new ArrayList<>();
    String unhealthy = "";
    String missing = "";
    for (Watched each : sources) {
      try {
        read.add(each.source.read());
        String said = each.source.unhealthy(true);
        unhealthy = unhealthy.isEmpty() ? said : unhealthy;
        each.silentNanos = 0;
        each.problem = each.source.incomplete();
        missing = missing.isEmpty() ? each.problem : missing;
      } catch (RolloutException failed) {
        each.silentNanos += passed;
        each.problem = String.valueOf(failed.getMessage());
      } catch (RuntimeException fault) {
        each.silentNanos += passed;
        each.problem = fault.toString();
        GildLog.faultOnce("Measuring " + each.source.getClass().getSimpleName(), fault);
      }
    }
    String guarded = judge.add(read, settled, !missing.isEmpty());
    if (!unhealthy.isEmpty()) {
      return unhealthy;
    }
    return guarded.isEmpty() ? silent() : guarded;
  }

  private String silent() {
    for (Watched each : sources) {
      if (each.silentNanos >= mostSilence) {
        return "nothing was measured for "
            + each.silentNanos / 1_000_000_000
            + " s: "
            + each.problem;
      }
    }
    return "";
  }

  /** Returns what cannot be measured at the moment, or an empty text. */
  String problem() {
    for (Watched each : sources) {
      if (!each.problem.isEmpty()) {
        return each.problem;
      }
    }
    return "";
  }

  Assessment assess() {
    return judge.assess();
  }

  /** Forgets what was measured in a run before. */
  void restart() {
    judge.restart();
    sources.forEach(each -> each.silentNanos = 0);
  }

  Map<String, @Nullable Object> state() {
    return new LinkedHashMap<>(judge.state());
  }

  void restore(Map<?, ?> state) {
    judge.restore(state);
  }

  /** Keeps nothing open. */
  void close() {
    for (Watched each : sources) {
      try {
        each.source.close();
      } catch (Exception failure) {
        GildLog.faultOnce("Closing " + each.source.getClass().getSimpleName(), failure);
      }
    }
  }
}
