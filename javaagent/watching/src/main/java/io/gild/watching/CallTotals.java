package io.gild.watching;

import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.RetryLayers;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Totals of the model calls that one place in the application made; thread-safe. Only a hash of
 * each request is kept.
 */
final class CallTotals {

  private static final int MOST_HASHES = 100_000;

  private final Set<Long> answered;
  private final Map<Long, Failed> failing = new HashMap<>();
  private final Map<String, Model> models = new TreeMap<>();
  private final Map<String, Long> failures = new TreeMap<>();
  private final Map<String, Long> tools = new TreeMap<>();
  private final LogHistogram times = new LogHistogram();
  private long calls;
  private long repeats;
  private long retried;
  private long httpRequests;
  private int mostHttpRequests = 1;
  private int mostAttempts = 1;
  private boolean streaming;

  /**
   * Creates empty totals.
   *
   * @param answered hashes of the answered requests of all places in one agent; thread-safe
   */
  CallTotals(Set<Long> answered) {
    this.answered = answered;
  }

  /** The last failed call of a thread at this place. */
  private record Failed(long hash, int attempts) {}

  /** A call in progress. */
  record Begun(CallTotals calls, long hash, long thread, int attempt) {

    void ended(AgentCall call, long nanos) {
      calls.add(call, this, nanos);
    }
  }

  /** The use of one model. */
  private static final class Model {
    private long calls;
    private long unpriced;
    private Usage usage = Usage.NONE;
    private long nanoUsd;

    Map<String, Object> facts() {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("calls", calls);
      facts.put("inputTokens", usage.inputTokens());
      facts.put("outputTokens", usage.outputTokens());
      facts.put("costUsd", BigDecimal.valueOf(nanoUsd, 9));
      facts.put("unpriced", unpriced);
      return facts;
    }
  }

  @SuppressWarnings("deprecation") // its successor came with Java 19
  private static long idOfThisThread() {
    return Thread.currentThread().getId();
  }

  /**
   * Records that a call begins, on the thread that makes it.
   *
   * @param hash hash of its request
   * @return receives its end
   */
  synchronized Begun begin(long hash) {
    long thread = idOfThisThread();
    Failed before = failing.remove(thread);
    if (before == null || before.hash() != hash) {
      return new Begun(this, hash, thread, 1);
    }
    retried++;
    return new Begun(this, hash, thread, before.attempts() + 1);
  }

  private synchronized void add(AgentCall call, Begun begun, long nanos) {
    calls++;
    times.add(nanos - call.startNanos());
    httpRequests += call.facts().httpAttempts();
    mostHttpRequests = Math.max(mostHttpRequests, call.facts().httpAttempts());
    mostAttempts = Math.max(mostAttempts, begun.attempt());
    streaming |= call.facts().timeToFirstChunkNanos().isPresent();
    call.facts().toolCalls().forEach(tool -> tools.merge(tool, 1L, Long::sum));
    charge(call);
    Throwable failure = call.failure();
    if (failure == null) {
      answered(begun.hash());
      return;
    }
    failures.merge(failure.getClass().getName(), 1L, Long::sum);
    if (failing.size() >= MOST_HASHES) {
      failing.clear();
    }
    failing.put(begun.thread(), new Failed(begun.hash(), begun.attempt()));
  }

  private long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Returns how often at most the application itself attempts a failing call. It counts as retrying
   * if its threads mostly repeat a failed call at once: a popular question may be repeated by
   * chance.
   */
  private int attemptsOfApplication() {
    return retried * 2 > failed() ? mostAttempts : 1;
  }

  private void answered(long hash) {
    if (answered.size() < MOST_HASHES ? !answered.add(hash) : answered.contains(hash)) {
      repeats++;
    }
  }

  private void charge(AgentCall call) {
    String name = nameOf(call);
    if (name == null) {
      return;
    }
    Model model = models.computeIfAbsent(name, absent -> new Model());
    model.calls++;
    model.usage = model.usage.plus(call.facts().usage());
    model.nanoUsd += call.facts().costNanoUsd();
    model.unpriced += call.facts().costKnown() ? 0 : 1;
  }

  private static @Nullable String nameOf(AgentCall call) {
    String answering = call.facts().responseModel();
    return answering == null ? call.requestModel() : answering;
  }

  synchronized Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("streaming", streaming);
    facts.put("calls", calls);
    facts.put("failed", failed());
    facts.put("failures", Map.copyOf(failures));
    facts.put("repeats", repeats);
    facts.put("httpRequests", httpRequests);
    facts.put("httpRequestsPerCall", mostHttpRequests);
    facts.put("attemptsOfApplication", attemptsOfApplication());
    facts.put(
        "retryLayers",
        RetryLayers.sentence(List.of(attemptsOfApplication(), mostHttpRequests)).orElse(""));
    facts.put("p50Millis", rounded(times.millis(0.5)));
    facts.put("p95Millis", rounded(times.millis(0.95)));
    facts.put("p99Millis", rounded(times.millis(0.99)));
    Map<String, Object> each = new LinkedHashMap<>();
    models.forEach((name, model) -> each.put(name, model.facts()));
    facts.put("models", each);
    facts.put("tools", new TreeMap<>(tools));
    return facts;
  }

  private static double rounded(double millis) {
    return Math.round(millis * 10) / 10.0;
  }
}
