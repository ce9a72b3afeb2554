package io.gild.gates;

import java.util.List;

/**
 * What the registry says of an agent.
 *
 * @param name the agent
 * @param type binary name of its class; empty if it is not known
 * @param description what it does, in its author's words; may be empty
 * @param tasks ids of its golden tasks, those in files included
 */
public record AgentInfo(String name, String type, String description, List<String> tasks) {

  /** Copies the list. */
  public AgentInfo {
    tasks = List.copyOf(tasks);
  }
}
