package io.gild.weaver;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where an application calls a model, and for which agent: names and a line, never a value.
 *
 * @param agent name of the configured agent; empty if no agent is configured
 * @param entry the method that would be governed: probably that of an agent
 * @param asking the method that calls the model library
 * @param line the line of that call; 0 if the class has no line numbers
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

  /** Returns the same place on behalf of a configured agent. */
  CallSite onBehalfOf(String name, Method governed) {
    return new CallSite(name, governed, asking, line);
  }

  /** Returns the fields of the place to write, by name. */
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
