package io.gild.recipes;

import io.gild.config.Experimental;
import java.util.List;

/**
 * A class that reaches a model.
 *
 * @param name the agent's name; empty if the class is left as it is
 * @param className the qualified name of the class
 * @param file its path in the migrated folder
 * @param methods its methods that reach a model
 * @param refusal why the class is left as it is; empty if it is an agent
 */
@Experimental
public record AgentReport(
    String name, String className, String file, List<MethodReport> methods, String refusal) {

  /** Copies the list. */
  public AgentReport {
    methods = List.copyOf(methods);
  }

  /** Returns whether the class is, or becomes, an agent. */
  public boolean isGoverned() {
    return refusal.isEmpty();
  }
}
