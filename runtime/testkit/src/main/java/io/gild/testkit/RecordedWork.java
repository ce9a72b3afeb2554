package io.gild.testkit;

import io.gild.config.Experimental;
import io.gild.core.TracedWork;
import io.gild.core.spi.WorkTracer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Records the work that modules trace, for tests. Thread-safe. */
@Experimental
public final class RecordedWork implements WorkTracer {

  /**
   * An event of a span.
   *
   * @param name its name
   * @param attributes its attributes
   */
  @Experimental
  public record Happened(String name, Map<String, Object> attributes) {}

  /** A span. */
  @Experimental
  public static final class Span implements Traced {

    private final TracedWork work;
    private final Map<String, Object> attributes;
    private final List<Happened> events = new ArrayList<>();
    private boolean ended;
    private @Nullable String errorType;

    private Span(TracedWork work) {
      this.work = work;
      this.attributes = new HashMap<>(work.attributes());
    }

    /**
     * Returns what was traced.
     *
     * @return the work
     */
    public TracedWork work() {
      return work;
    }

    /**
     * Returns the attributes so far.
     *
     * @return a copy
     */
    public synchronized Map<String, Object> attributes() {
      return Map.copyOf(attributes);
    }

    /**
     * Returns the events so far.
     *
     * @return a copy
     */
    public synchronized List<Happened> events() {
      return List.copyOf(events);
    }

    /**
     * Returns whether the span has ended.
     *
     * @return {@code true} after the first end
     */
    public synchronized boolean isOver() {
      return ended;
    }

    /**
     * Returns the kind of the error.
     *
     * @return {@code null} if there was none
     */
    public synchronized @Nullable String errorType() {
      return errorType;
    }

    @Override
    public Runnable enter() {
      return () -> {};
    }

    @Override
    public synchronized void add(Map<String, Object> given) {
      attributes.putAll(given);
    }

    @Override
    public synchronized void event(String name, Map<String, Object> given) {
      events.add(new Happened(name, Map.copyOf(given)));
    }

    @Override
    public synchronized void ended(@Nullable String error) {
      if (!ended) {
        ended = true;
        errorType = error;
      }
    }
  }

  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final List<TracedWork> described = new CopyOnWriteArrayList<>();
  private final List<Map<String, Object>> added = new CopyOnWriteArrayList<>();

  /** Creates an empty record. */
  public RecordedWork() {}

  /**
   * Returns the spans in the order in which they began.
   *
   * @return a copy
   */
  public List<Span> spans() {
    return List.copyOf(spans);
  }

  /**
   * Returns what was said about calls that come next.
   *
   * @return a copy
   */
  public List<TracedWork> described() {
    return List.copyOf(described);
  }

  /**
   * Returns the attributes that were added to calls.
   *
   * @return a copy
   */
  public List<Map<String, Object>> added() {
    return List.copyOf(added);
  }

  @Override
  public Traced begin(TracedWork work) {
    Span span = new Span(work);
    spans.add(span);
    return span;
  }

  @Override
  public Runnable next(TracedWork work) {
    described.add(work);
    return () -> {};
  }

  @Override
  public void current(Map<String, Object> attributes) {
    added.add(Map.copyOf(attributes));
  }
}
