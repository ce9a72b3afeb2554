package io.gild.orchestration;

import io.gild.config.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one run: made of the lines of its journal, each of which is applied when it is
 * written and when it is read. Thread-safe.
 */
final class RunHistory {

  private final Map<String, StepEntry> steps = new LinkedHashMap<>();
  private final Map<String, Decision> decisions = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
  private final Map<String, String> waiting = new LinkedHashMap<>();
  private String id = "";
  private String workflow = "";
  private String version = "";
  private String tenant = "";
  private @Nullable Object input;
  private Instant started = Instant.EPOCH;
  private @Nullable Instant ended;
  private @Nullable String error;
  private @Nullable String trace;
  private @Nullable String cancelReason;
  private @Nullable RunState ending;
  private RunState state = RunState.RUNNING;
  private int resumed;
  private long finishedSteps;
  private @Nullable Object result;
  private boolean resultIsJson;
  private long requests;

  /** Applies a line. */
  synchronized void apply(Map<?, ?> line) {
    String path = RunLines.text(line, "path");
    requests = Math.max(requests, RunLines.number(line, "request"));
    switch (RunLines.text(line, "type")) {
      case RunLines.STARTED -> start(line);
      case RunLines.STEP -> begin(path, line);
      case RunLines.FINISHED -> finish(step(path, line), line);
      case RunLines.FAILED -> fail(step(path, line), line);
      case RunLines.SPENT -> measure(step(path, line), line);
      case RunLines.EFFECT ->
          step(path, line)
              .effects
              .add(
                  new StepEntry.EffectEntry(
                      RunLines.text(line, "method"), RunLines.text(line, "arguments")));
      case RunLines.EFFECTED -> {
        StepEntry.EffectEntry effect = effect(path, line);
        effect.finished = true;
        effect.value = line.get("value");
      }
      case RunLines.EFFECT_FAILED -> effect(path, line).failed = true;
      case RunLines.VALUE -> values.put(path, line.get("value"));
      case RunLines.WAITING -> await(path, line);
      case RunLines.DECIDED -> decide(path, line);
      case RunLines.CANCEL -> cancelReason = RunLines.text(line, "reason");
      case RunLines.ENDING -> {
        ending = RunState.valueOf(RunLines.text(line, "state"));
        error = RunLines.textOrNull(line, "error");
      }
      case RunLines.UNDONE -> undo(step(path, line), line);
      case RunLines.ENDED -> end(line);
      case RunLines.RESUMED -> resume(line);
      case RunLines.TRACE -> trace = RunLines.textOrNull(line, RunSpans.TRACEPARENT);
      default -> {
        // A later version wrote the line, and its run cannot be continued by this one anyway.
      }
    }
  }

  private void start(Map<?, ?> line) {
    id = RunLines.text(line, "id");
    workflow = RunLines.text(line, "workflow");
    version = RunLines.text(line, "version");
    tenant = RunLines.text(line, "tenant");
    input = line.get("input");
    started = RunLines.at(line);
  }

  private void begin(String path, Map<?, ?> line) {
    StepEntry entry = step(path, line);
    entry.state = StepRecord.State.RUNNING;
    entry.ended = null;
  }

  private StepEntry step(String path, Map<?, ?> line) {
    return steps.computeIfAbsent(path, absent -> new StepEntry(absent, RunLines.at(line)));
  }

  private static void measure(StepEntry entry, Map<?, ?> line) {
    entry.ended = RunLines.at(line);
    entry.attempts += RunLines.number(line, "attempts");
    entry.nanoUsd += RunLines.number(line, "nanoUsd");
    entry.tokens += RunLines.number(line, "tokens");
  }

  private void finish(StepEntry entry, Map<?, ?> line) {
    measure(entry, line);
    entry.state = StepRecord.State.FINISHED;
    entry.error = null;
    entry.value = line.get("value");
    entry.isJson = true;
    entry.finishedAs = ++finishedSteps;
  }

  private static void fail(StepEntry entry, Map<?, ?> line) {
    measure(entry, line);
    entry.state = StepRecord.State.FAILED;
    entry.error = RunLines.text(line, "error");
  }

  private StepEntry.EffectEntry effect(String path, Map<?, ?> line) {
    return step(path, line).effects.get((int) RunLines.number(line, "effect"));
  }

  private void await(String path, Map<?, ?> line) {
    waiting.put(path, RunLines.text(line, "question"));
    state = RunState.WAITING;
    if (path.indexOf('#') < 0) { // else the decision is about a side effect of a step
      step(path, line).state = StepRecord.State.WAITING;
    }
  }

  private void decide(String path, Map<?, ?> line) {
    waiting.remove(path);
    decisions.put(
        path,
        new Decision(
            Boolean.TRUE.equals(line.get("approved")),
            RunLines.text(line, "by"),
            RunLines.text(line, "comment"),
            RunLines.at(line)));
    state = RunState.RUNNING;
    StepEntry entry = steps.get(path);
    if (entry != null) {
      entry.ended = RunLines.at(line);
      entry.state =
          Boolean.TRUE.equals(line.get("approved"))
              ? StepRecord.State.FINISHED
              : StepRecord.State.FAILED;
    }
  }

  private static void undo(StepEntry entry, Map<?, ?> line) {
    entry.error = RunLines.textOrNull(line, "error");
    entry.state =
        entry.error == null ? StepRecord.State.COMPENSATED : StepRecord.State.NOT_COMPENSATED;
  }

  private void end(Map<?, ?> line) {
    state = RunState.valueOf(RunLines.text(line, "state"));
    error = RunLines.textOrNull(line, "error");
    ended = RunLines.at(line);
    result = line.get("value");
    resultIsJson = true;
    waiting.clear();
  }

  private void resume(Map<?, ?> line) {
    resumed++;
    state = RunState.RUNNING;
    ended = null;
    waiting.clear();
    if (Boolean.TRUE.equals(line.get("retry"))) {
      ending = null;
      error = null;
      steps.values().stream()
          .filter(entry -> entry.state == StepRecord.State.FAILED)
          .forEach(entry -> entry.state = StepRecord.State.RUNNING);
    }
  }

  /** Replaces the JSON of a result by the result, which needs no class to be found. */
  synchronized void value(String path, @Nullable Object value) {
    StepEntry entry = steps.get(path);
    if (entry != null) {
      entry.value = value;
      entry.isJson = false;
    }
  }

  synchronized void result(@Nullable Object value) {
    result = value;
    resultIsJson = false;
  }

  synchronized @Nullable Object result(@Nullable ClassLoader loader) {
    return resultIsJson ? RunValues.read(result, loader) : result;
  }

  synchronized @Nullable StepEntry find(String path) {
    return steps.get(path);
  }

  /** Returns the result of a finished step. */
  synchronized @Nullable Object value(StepEntry entry, @Nullable ClassLoader loader) {
    if (entry.isJson) {
      entry.value = RunValues.read(entry.value, loader);
      entry.isJson = false;
    }
    return entry.value;
  }

  /** Returns a recorded choice, such as the branches that were counted, or {@code null}. */
  synchronized @Nullable Object choice(String path) {
    return values.get(path);
  }

  synchronized @Nullable Decision decision(String path) {
    return decisions.get(path);
  }

  synchronized Map<String, String> questions() {
    return new LinkedHashMap<>(waiting);
  }

  synchronized @Nullable String cancelReason() {
    return cancelReason;
  }

  synchronized @Nullable RunState ending() {
    return ending;
  }

  synchronized @Nullable String error() {
    return error;
  }

  /** Returns the identity of the span of the last part that was traced. */
  synchronized @Nullable String trace() {
    return trace;
  }

  synchronized RunState state() {
    return state;
  }

  synchronized String id() {
    return id;
  }

  synchronized String workflow() {
    return workflow;
  }

  synchronized String version() {
    return version;
  }

  synchronized String tenant() {
    return tenant;
  }

  synchronized @Nullable Object input() {
    return input;
  }

  synchronized Instant started() {
    return started;
  }

  synchronized @Nullable Instant ended() {
    return ended;
  }

  /** Returns how many requests of other processes were applied. */
  synchronized long requests() {
    return requests;
  }

  synchronized boolean isEmpty() {
    return id.isEmpty();
  }

  synchronized boolean isCompensated() {
    return steps.values().stream()
        .anyMatch(entry ->
            entry.state == StepRecord.State.COMPENSATED
                || entry.state == StepRecord.State.NOT_COMPENSATED);
  }

  synchronized long nanoUsd() {
    return steps.values().stream().mapToLong(entry -> entry.nanoUsd).sum();
  }

  /** Returns the finished steps, the last one first. */
  synchronized List<String> finishedBackwards() {
    return steps.values().stream()
        .filter(entry -> entry.state == StepRecord.State.FINISHED)
        .sorted(Comparator.comparingLong((StepEntry entry) -> entry.finishedAs).reversed())
        .map(entry -> entry.path)
        .toList();
  }

  synchronized List<String> notCompensated() {
    return steps.values().stream()
        .filter(entry -> entry.state == StepRecord.State.NOT_COMPENSATED)
        .map(entry -> entry.path)
        .toList();
  }

  synchronized Map<String, @Nullable Object> results() {
    Map<String, @Nullable Object> results = new LinkedHashMap<>();
    for (StepEntry entry : steps.values()) {
      if (entry.finishedAs > 0) {
        results.put(entry.path, entry.isJson ? entry.value : String.valueOf(entry.value));
      }
    }
    return results;
  }

  synchronized RunRecord toRecord() {
    List<StepRecord> records = new ArrayList<>();
    steps.values().forEach(entry -> records.add(entry.toRecord()));
    String question =
        waiting.isEmpty() || state != RunState.WAITING ? null : String.join("; ", waiting.values());
    return new RunRecord(
        id, workflow, version, tenant, state, question, error, started, ended, resumed, records);
  }

  static Map<?, ?> parse(String text) {
    if (Json.read(text) instanceof Map<?, ?> line) {
      return line;
    }
    throw new IllegalArgumentException("a line of a run must be a JSON object, but is " + text);
  }
}
