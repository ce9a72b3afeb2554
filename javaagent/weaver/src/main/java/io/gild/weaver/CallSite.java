package io.gild.weaver;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where an application asks a model, and on whose behalf: names and a line, never a value.
 *
 * @param agent name of the configured agent; empty if none is configured
 * @param entry the method that would be governed: an agent's, as far as a stack can tell
 * @param asking the method that calls the model library
 * @param line the line of that call; 0 if the class does not say
 */
public record CallSite(String agent, Method entry, Method asking, int line) {

  /**
   * A method.
   *
   * @param className binary name of its class
   * @param name its name
   * @param descriptor its descriptor
   */
  public record Method(String className, String name, String descriptor) {

    @Override
    public String toString() {
      return className + "#" + name;
    }
  }

  /** Returns the same place, which asks on behalf of a configured agent. */
  CallSite onBehalfOf(String name, Method governed) {
    return new CallSite(name, governed, asking, line);
  }

  /** Returns what is written of the place, by name. */
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("agent", agent);
    facts.put("entry", entry.toString());
    facts.put("entryDescriptor", entry.descriptor());
    facts.put("site", asking.toString());
    facts.put("line", line);
    return facts;
  }
}
