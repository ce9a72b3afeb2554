package io.gild.memory;

import io.gild.core.TracedWork;
import io.gild.core.WorkTraces;
import io.gild.core.spi.WorkTracer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Makes a span of each search and each write of memories. Thread-safe. */
final class MemorySpans {

  /** Makes none. */
  static final MemorySpans NONE = new MemorySpans(WorkTraces.NONE, "");

  private static final String SEARCH = "search_memory";
  private static final String WRITE = "upsert_memory";

  private final WorkTraces traces;
  private final String store;

  /**
   * Creates the spans.
   *
   * @param traces makes them
   * @param store the kind of store, as the settings name it; may be empty
   */
  MemorySpans(WorkTraces traces, String store) {
    this.traces = traces;
    this.store = store;
  }

  <T extends Collection<?>> T search(RecallQuery query, Supplier<T> work) {
    return traced(
        SEARCH, query.agentName(), Map.of("gen_ai.memory.query.text", query.text()), work);
  }

  <T extends Collection<?>> T write(String agent, Supplier<T> work) {
    return traced(WRITE, agent, Map.of(), work);
  }

  private <T extends Collection<?>> T traced(
      String operation, String agent, Map<String, Object> more, Supplier<T> work) {
    Map<String, Object> attributes = new HashMap<>(more);
    attributes.put("gen_ai.operation.name", operation);
    if (!store.isEmpty()) {
      attributes.put("gild.memory.store", store);
    }
    if (!agent.isEmpty()) {
      attributes.put("gen_ai.agent.name", agent);
    }
    WorkTracer.Traced span = traces.begin(TracedWork.of(operation, attributes).by(agent, ""));
    Runnable leave = span.enter();
    try {
      T found = work.get();
      span.add(Map.of("gen_ai.memory.record.count", (long) found.size()));
      span.ended(null);
      return found;
    } catch (RuntimeException | Error failure) {
      span.ended(failure.getClass().getName());
      throw failure;
    } finally {
      leave.run();
    }
  }
}
