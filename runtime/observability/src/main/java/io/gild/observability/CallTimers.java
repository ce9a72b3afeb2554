package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.spi.MeterSpec;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The duration of calls whose method ran, by outcome, type of failure, or both. Thread-safe. */
final class CallTimers {

  private static final String ERROR = "error.type";

  private final MicrometerMeters meters;
  private final MeterSpec spec;
  private final List<String> values;
  private final Timer succeeded;
  private final Timer failed;
  private final boolean byType;
  private final Map<String, Timer> failures = new ConcurrentHashMap<>();

  /**
   * Creates the series of successes and of failures.
   *
   * @param spec a timer whose last tags are {@code outcome}, {@code error.type} or both
   * @param values values of its other tags
   */
  CallTimers(MicrometerMeters meters, MeterSpec spec, List<String> values) {
    this.meters = meters;
    this.spec = spec;
    this.values = values;
    this.byType = spec.tags().contains(ERROR);
    this.succeeded = timer("success", "");
    this.failed = timer("failure", SeriesLimits.OTHER);
  }

  private Timer timer(String outcome, String error) {
    List<String> all = new ArrayList<>(values);
    if (spec.tags().contains("outcome")) {
      all.add(outcome);
    }
    if (byType) {
      all.add(error);
    }
    return meters.timer(spec, all);
  }

  void record(AgentCall call) {
    if (call.attempts() > 0) {
      Throwable failure = call.failure();
      Timer timer = failure == null ? succeeded : failure(failure);
      timer.record(call.attemptEndNanos() - call.startNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private Timer failure(@Nullable Throwable failure) {
    if (!byType || failure == null) {
      return failed;
    }
    String type = ErrorType.of(failure);
    Timer known = failures.get(type);
    if (known != null) {
      return known;
    }
    Timer made = timer("failure", type);
    if (failures.size() < SeriesLimits.MOST_ERRORS) {
      failures.put(type, made);
    }
    return made;
  }
}
