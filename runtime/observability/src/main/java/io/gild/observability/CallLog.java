package io.gild.observability;

import io.gild.config.Json;
import io.gild.core.AgentCall;
import io.gild.core.CallRefused;
import io.gild.core.MethodSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line of JSON per call; it never holds a prompt or an answer. */
final class CallLog {

  private static final String LOGGER = "io.gild.calls";

  private static final Path STANDARD_ERROR = Path.of("stderr");

  private final Consumer<String> sink;
  private final BooleanSupplier enabled;

  CallLog(Consumer<String> sink, BooleanSupplier enabled) {
    this.sink = sink;
    this.enabled = enabled;
  }

  /** Returns the log that the settings configure, or null if there is none. */
  static @Nullable CallLog of(Observability settings) {
    Path file = settings.callLog();
    if (!settings.log()) {
      return null;
    }
    if (file == null) {
      return toSlf4j();
    }
    Consumer<String> sink =
        file.equals(STANDARD_ERROR)
            ? line -> System.err.println(line)
            : new CallLogFile(file, settings.callLogMaxBytes());
    return new CallLog(sink, () -> true);
  }

  /** Returns the log of the application's SLF4J, or null if there is none. */
  static @Nullable CallLog toSlf4j() {
    try {
      return Slf4j.log();
    } catch (LinkageError absent) {
      return null;
    }
  }

  void write(AgentCall call) {
    if (!enabled.getAsBoolean()) {
      return;
    }
    MethodSpec spec = call.method().spec();
    Throwable failure = call.failure();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", call.method().runtime().clock().now().toString());
    line.put("event", spec.kind().operationName());
    line.put("agent", spec.agent());
    line.put("method", spec.methodName());
    if (!spec.version().isEmpty()) {
      line.put("version", spec.version());
    }
    if (MethodVersions.isShadow(call)) {
      line.put("shadow", true);
    }
    line.put("outcome", call.cancelled() ? "cancelled" : outcome(failure));
    if (failure != null) {
      line.put("error", ErrorType.of(failure));
    }
    line.put("millis", (call.attemptEndNanos() - call.startNanos()) / 1_000_000.0);
    line.put("attempts", call.attempts());
    if (call.cacheResult() != null) {
      line.put("cache", call.cacheResult());
    }
    if (call.facts().responseModel() != null) {
      line.put("model", call.facts().responseModel());
      line.put("inputTokens", call.facts().usage().inputTokens());
      line.put("outputTokens", call.facts().usage().outputTokens());
      line.put("costUsd", call.facts().costUsd());
    }
    sink.accept(Json.write(line));
  }

  private static String outcome(@Nullable Throwable failure) {
    if (failure == null) {
      return "success";
    }
    return failure instanceof CallRefused ? "refused" : "failure";
  }

  /** Keeps SLF4J's types out of the outer class, which must load without them. */
  private static final class Slf4j {
    static CallLog log() {
      Logger logger = LoggerFactory.getLogger(LOGGER);
      return new CallLog(logger::info, logger::isInfoEnabled);
    }
  }
}
