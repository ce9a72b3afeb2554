package io.gild.gates;

import io.gild.config.Experimental;
import java.util.List;

/**
 * The registry's entry of an agent.
 *
 * @param name the agent
 * @param description what it does, in its author's words; may be empty
 * @param tasks ids of its golden tasks, those in files included
 * @param type binary name of its class; empty if it is unknown
 */
@Experimental
public record AgentInfo(String name, String description, List<String> tasks, String type) {

  /**
   * Describes an agent whose class is unknown.
   *
   * @param name the agent
   * @param description what it does
   * @param tasks ids of its golden tasks
   */
  public AgentInfo(String name, String description, List<String> tasks) {
    this(name, description, tasks, "");
  }

  /** Copies the list. */
  public AgentInfo {
    tasks = List.copyOf(tasks);
  }
}
