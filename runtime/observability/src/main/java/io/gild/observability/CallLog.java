package io.gild.observability;

import io.gild.config.Json;
import io.gild.core.AgentCall;
import io.gild.core.CallDecision;
import io.gild.core.CallReference;
import io.gild.core.GildLog;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.Clock;
import io.gild.core.spi.DecisionEvent;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line of JSON per call and per decision. */
final class CallLog implements AutoCloseable {

  private static final String LOGGER = "io.gild.calls";

  /** Decisions about ordinary calls, which may be as many as the calls themselves. */
  private static final Set<String> CHOICES =
      Set.of(
          "routed",
          "cache_hit",
          "cache_shared",
          "semantic_hit",
          "semantic_explored",
          "semantic_miss");

  private static final Path STANDARD_ERROR = Path.of("stderr");

  private final Consumer<Map<String, ?>> sink;
  private final BooleanSupplier enabled;
  private final CallLogSettings content;
  private final TraceSampling kept;
  private final Clock clock;
  private @Nullable AutoCloseable subscription;

  CallLog(
      Consumer<Map<String, ?>> sink,
      BooleanSupplier enabled,
      CallLogSettings content,
      TraceSampling kept,
      Clock clock) {
    this.sink = sink;
    this.enabled = enabled;
    this.content = content;
    this.kept = kept;
    this.clock = clock;
  }

  /** Returns the log that the settings of a runtime configure, or null if there is none. */
  static @Nullable CallLog of(RuntimeScope runtime) {
    Observability settings = runtime.settings().get(Observability.SECTION);
    if (!settings.log()) {
      return null;
    }
    Slf4jSink slf4j = settings.callLog() == null ? Slf4jSink.find() : null;
    if (settings.callLog() == null && slf4j == null) {
      return null;
    }
    CallLog log =
        new CallLog(
            slf4j == null ? queue(settings.callLog(), settings, runtime.clock()) : slf4j,
            slf4j == null ? () -> true : slf4j,
            runtime.settings().get(CallLogSettings.SECTION),
            settings.traces(),
            runtime.clock());
    log.listen(runtime);
    return log;
  }

  private static CallLogQueue queue(@Nullable Path file, Observability settings, Clock clock) {
    CallLogQueue.Output output =
        STANDARD_ERROR.equals(file) || file == null
            ? lines -> System.err.println(String.join(System.lineSeparator(), lines))
            : new CallLogFile(file, settings.callLogMaxBytes());
    return new CallLogQueue(String.valueOf(file), output, clock);
  }

  /** Writes the decisions of a runtime, too, if the settings ask for them. */
  void listen(RuntimeScope runtime) {
    if (content.callLogEvents().contains(CallLogEvent.DECISIONS)
        || content.callLogEvents().contains(CallLogEvent.CHOICES)) {
      subscription = runtime.events().subscribeDecisions(this::write);
    }
  }

  /** Returns whether calls are held until it is known whether they are written. */
  boolean isSampled() {
    return content.callLogSample() < 1;
  }

  /** Returns the tree that a call belongs to, which begins with the call if there is none yet. */
  LoggedTree tree(AgentCall call) {
    LoggedTree around = treeAround(call.parent());
    if (around != null) {
      return around;
    }
    double rate = content.callLogSample();
    boolean sampled = call.method().runtime().random().nextDouble() < rate;
    return new LoggedTree(sampled, rate, sink);
  }

  private static @Nullable LoggedTree treeAround(@Nullable AgentCall innermost) {
    for (AgentCall call = innermost; call != null; call = call.parent()) {
      LoggedTree tree = call.slot(LoggedTree.class);
      if (tree != null) {
        return tree;
      }
    }
    return null;
  }

  /** Writes the line of a call that is over. */
  void write(AgentCall call) {
    if (!enabled.getAsBoolean()) {
      return;
    }
    LoggedTree tree = call.slot(LoggedTree.class);
    if (content.callLogEvents().contains(CallLogEvent.CALLS)) {
      add(tree, CallLogLines.of(call), isKept(call));
    } else if (tree != null && isKept(call)) {
      tree.keep();
    }
    if (tree != null && treeAround(call.parent()) != tree) {
      tree.end();
    }
  }

  private boolean isKept(AgentCall call) {
    return call.failure() != null && !call.cancelled() || kept.reason(call) != null;
  }

  private void add(@Nullable LoggedTree tree, Map<String, Object> line, boolean must) {
    if (tree == null) {
      sink.accept(line);
    } else {
      tree.add(line, must);
    }
  }

  private void write(DecisionEvent decision) {
    CallLogEvent group =
        CHOICES.contains(decision.code()) ? CallLogEvent.CHOICES : CallLogEvent.DECISIONS;
    if (!content.callLogEvents().contains(group) || !enabled.getAsBoolean()) {
      return;
    }
    CallReference reference = decision instanceof CallDecision one ? one.call() : null;
    AgentCall call = reference == null ? around(decision) : reference.get();
    if (call == null || isLogged(call)) {
      Map<String, Object> line = CallLogLines.of(clock, decision, call);
      add(reference == null ? null : treeAround(call), line, false);
    }
  }

  /** Returns the call of this thread whose outcome led to a decision. */
  private static @Nullable AgentCall around(DecisionEvent decision) {
    AgentCall call = AgentCall.current();
    while (call != null && !call.method().spec().equals(decision.method())) {
      call = call.parent();
    }
    return call;
  }

  private static boolean isLogged(AgentCall call) {
    ObservePolicy policy = call.method().policies().get(ObservePolicy.class);
    return policy != null && policy.log();
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
    try {
      if (subscription != null) {
        subscription.close();
      }
    } catch (Exception fault) {
      GildLog.faultOnce("Ending the log of decisions", fault);
    }
    if (sink instanceof CallLogQueue queue) {
      queue.close();
    }
  }

  /** The application's SLF4J, which writes as the application has configured it. */
  private static final class Slf4jSink implements Consumer<Map<String, ?>>, BooleanSupplier {

    private final Logger logger = LoggerFactory.getLogger(LOGGER);

    /** Returns null if the application has no SLF4J. */
    static @Nullable Slf4jSink find() {
      try {
        return new Slf4jSink();
      } catch (LinkageError absent) {
        return null;
      }
    }

    @Override
    public void accept(Map<String, ?> line) {
      logger.info(Json.write(line));
    }

    @Override
    public boolean getAsBoolean() {
      return logger.isInfoEnabled();
    }
  }
}
