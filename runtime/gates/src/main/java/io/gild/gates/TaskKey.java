package io.gild.gates;

/**
 * The name of a golden task within all agents.
 *
 * @param agent name of the agent
 * @param task the task's id, unique within the agent
 */
public record TaskKey(String agent, String task) implements Comparable<TaskKey> {

  @Override
  public int compareTo(TaskKey other) {
    int byAgent = agent.compareTo(other.agent);
    return byAgent == 0 ? task.compareTo(other.task) : byAgent;
  }

  /** Returns {@code agent/task}. */
  @Override
  public String toString() {
    return agent + "/" + task;
  }
}
