package io.gild.observability;

import io.gild.config.Json;
import io.gild.config.TokenKind;
import io.gild.core.AgentCall;
import io.gild.core.CallFacts;
import io.gild.core.CallRefused;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Clock;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line of JSON per call; it never holds a prompt or an answer. */
final class CallLog implements AutoCloseable {

  private static final String LOGGER = "io.gild.calls";

  private static final TokenKind[] KINDS = TokenKind.values();

  private static final Path STANDARD_ERROR = Path.of("stderr");

  private final Consumer<Map<String, ?>> sink;
  private final BooleanSupplier enabled;

  CallLog(Consumer<Map<String, ?>> sink, BooleanSupplier enabled) {
    this.sink = sink;
    this.enabled = enabled;
  }

  /** Returns the log that the settings configure, or null if there is none. */
  static @Nullable CallLog of(Observability settings, Clock clock) {
    Path file = settings.callLog();
    if (!settings.log()) {
      return null;
    }
    if (file == null) {
      return toSlf4j();
    }
    CallLogQueue.Output output =
        file.equals(STANDARD_ERROR)
            ? lines -> System.err.println(String.join(System.lineSeparator(), lines))
            : new CallLogFile(file, settings.callLogMaxBytes());
    return new CallLog(new CallLogQueue(file.toString(), output, clock), () -> true);
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
    ids(line, call);
    LogContext.put(line, "agent", spec.agent());
    LogContext.put(line, "method", spec.methodName());
    LogContext.put(line, "version", spec.version());
    LogContext.addOnRequest(
        line,
        "session",
        "tenant",
        call,
        call.method().runtime().settings().get(LogContextSettings.SECTION));
    if (MethodVersions.isShadow(call)) {
      line.put("shadow", true);
    }
    line.put("outcome", call.cancelled() ? "cancelled" : outcome(failure));
    if (failure != null) {
      LogContext.put(line, "error", ErrorType.of(failure));
    }
    line.put("millis", (call.attemptEndNanos() - call.startNanos()) / 1_000_000.0);
    line.put("attempts", call.attempts());
    if (call.cacheResult() != null) {
      line.put("cache", call.cacheResult());
    }
    model(line, call);
    sink.accept(line);
  }

  /** Adds the ids by which a line is found from a trace, from the console, or from another line. */
  private static void ids(Map<String, Object> line, AgentCall call) {
    CallSpans.Open open = call.slot(CallSpans.Open.class);
    if (open != null && open.span().getSpanContext().isValid()) {
      line.put("trace", open.span().getSpanContext().getTraceId());
      line.put("span", open.span().getSpanContext().getSpanId());
    }
    line.put("call", call.number());
    AgentCall parent = call.parent();
    if (parent != null) {
      line.put("parent", parent.number());
      line.put("root", call.outermost().number());
    }
  }

  private static void model(Map<String, Object> line, AgentCall call) {
    CallFacts facts = call.facts();
    if (facts.responseModel() == null) {
      return;
    }
    LogContext.put(line, "model", facts.responseModel());
    if (call.provider() != null) {
      LogContext.put(line, "provider", call.provider());
    }
    for (TokenKind kind : KINDS) {
      if (kind.whole() == null || facts.usage().get(kind) > 0) {
        line.put(kind.field(), facts.usage().get(kind));
      }
    }
    line.put("costUsd", facts.costUsd());
    if (!facts.costKnown()) {
      line.put("unpriced", true);
    }
  }

  /** Returns how many lines were lost because they could not be written. */
  long unwritten() {
    return sink instanceof CallLogQueue queue ? queue.unwritten() : 0;
  }

  /** Returns how many lines were lost because they came faster than they were written. */
  long overflown() {
    return sink instanceof CallLogQueue queue ? queue.overflown() : 0;
  }

  /** Writes what is queued, for a few seconds at most. */
  @Override
  public void close() {
    if (sink instanceof CallLogQueue queue) {
      queue.close();
    }
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
      return new CallLog(line -> logger.info(Json.write(line)), logger::isInfoEnabled);
    }
  }
}
