package io.gild.memory;

import io.gild.config.Experimental;

/**
 * Identifies a session: one conversation of one tenant with one agent. Any text is valid in each
 * part; two keys are the same only if all three parts are.
 *
 * @param tenant the customer on whose behalf the agent works; empty if there is only one
 * @param agent name of the agent; empty if all agents share the conversation
 * @param session id of the conversation; not empty
 */
@Experimental
public record SessionKey(String tenant, String agent, String session) {

  /** Checks the id. */
  public SessionKey {
    if (session.isEmpty()) {
      throw new IllegalArgumentException("session must not be empty");
    }
  }

  @Override
  public String toString() {
    return "session \"%s\" of agent \"%s\" and tenant \"%s\"".formatted(session, agent, tenant);
  }
}
