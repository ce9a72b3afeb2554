package io.gild.core;

import io.gild.config.Experimental;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Work that becomes a span, or a description of a call's span.
 *
 * @param name name of the span; empty to keep the name of a call's span
 * @param agent name of the agent that works, whose settings apply outside of calls; may be empty
 * @param method the agent's method; may be empty
 * @param attributes texts, whole numbers ({@link Long}), fractions ({@link Double}) and truth
 *     values by name
 * @param recorded whether the span is recorded even if its trace would not be sampled
 * @param linked the context of earlier work as {@link WorkTraces#context} returns it; empty for
 *     none
 */
@Experimental
public record TracedWork(
    String name,
    String agent,
    String method,
    Map<String, Object> attributes,
    boolean recorded,
    List<String> linked) {

  /** Copies the attributes and the context. */
  public TracedWork {
    attributes = Map.copyOf(attributes);
    linked = List.copyOf(linked);
  }

  /**
   * Describes work of no particular agent.
   *
   * @param name name of the span
   * @param attributes its attributes
   * @return work that is linked to nothing
   */
  public static TracedWork of(String name, Map<String, Object> attributes) {
    return new TracedWork(name, "", "", attributes, false, List.of());
  }

  /**
   * Returns the same work of an agent.
   *
   * @param worker name of the agent
   * @param part its method
   */
  public TracedWork by(String worker, String part) {
    return new TracedWork(name, worker, part, attributes, recorded, linked);
  }

  /**
   * Returns the same work, linked to earlier work.
   *
   * @param earlier its context: names and values in turn; empty for none
   */
  public TracedWork linkedTo(List<String> earlier) {
    return new TracedWork(name, agent, method, attributes, recorded, earlier);
  }

  /** Returns the same work, which is recorded even if its trace would not be sampled. */
  public TracedWork alwaysRecorded() {
    return new TracedWork(name, agent, method, attributes, true, linked);
  }

  /**
   * Returns the same work with more attributes.
   *
   * @param more replace those of the same names
   */
  public TracedWork with(Map<String, Object> more) {
    Map<String, Object> all = new LinkedHashMap<>(attributes);
    all.putAll(more);
    return new TracedWork(name, agent, method, all, recorded, linked);
  }

  /** Returns the parts as types of the JDK, which a javaagent with other classes can read. */
  Object[] toPlain() {
    return new Object[] {name, agent, method, attributes, recorded, linked};
  }

  /**
   * Reads what the application's copy of this class wrote.
   *
   * @param plain the parts
   * @return the work; {@code null} if another version wrote them
   */
  static @Nullable TracedWork ofPlain(Object plain) {
    return plain instanceof Object[] parts
            && parts.length == 6
            && parts[3] instanceof Map<?, ?> attributes
            && parts[5] instanceof List<?> linked
        ? new TracedWork(
            String.valueOf(parts[0]),
            String.valueOf(parts[1]),
            String.valueOf(parts[2]),
            attributes(attributes),
            Boolean.TRUE.equals(parts[4]),
            linked.stream().map(String::valueOf).toList())
        : null;
  }

  static Map<String, Object> attributes(Map<?, ?> given) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    given.forEach((name, value) -> attributes.put(String.valueOf(name), value));
    return attributes;
  }
}
