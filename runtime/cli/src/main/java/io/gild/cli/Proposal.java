package io.gild.cli;

import java.util.List;

/**
 * The policies that the findings suggest for an agent.
 *
 * @param agent the agent
 * @param policies the policies
 * @param notes why other policies are left out
 */
record Proposal(SeenAgent agent, List<Policy> policies, List<String> notes) {

  /**
   * A policy that is proposed.
   *
   * @param key its key in {@code gild.yaml}
   * @param value its value there
   * @param annotation the equivalent annotation
   * @param reason the figure that supports it
   */
  record Policy(String key, String value, String annotation, String reason) {}
}
