package io.gild.cli;

import java.util.List;

/**
 * What an agent may be given, as far as it was seen to need it.
 *
 * @param agent the agent
 * @param policies the policies
 * @param notes why others are left out
 */
record Proposal(SeenAgent agent, List<Policy> policies, List<String> notes) {

  /**
   * A policy that is proposed.
   *
   * @param key its key in {@code gild.yaml}
   * @param value its value there
   * @param annotation the annotation that says the same
   * @param reason the figure that speaks for it
   */
  record Policy(String key, String value, String annotation, String reason) {}
}
