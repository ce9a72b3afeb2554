package io.gild.memory;

import io.gild.config.Experimental;

/**
 * Whose memory it is. Any text is valid in each part.
 *
 * @param tenant the customer on whose behalf the agent works; empty if there is only one. Nothing
 *     crosses tenants.
 * @param agent name of the agent; empty for a memory that all agents of the tenant share
 * @param user the person it is about; empty for a memory that is about no one in particular. Only
 *     who asks for this user finds it.
 */
@Experimental
public record MemoryOwner(String tenant, String agent, String user) {

  /** The owner of memories that everyone shares. */
  public static final MemoryOwner SHARED = new MemoryOwner("", "", "");

  @Override
  public String toString() {
    return "tenant \"%s\", agent \"%s\", user \"%s\"".formatted(tenant, agent, user);
  }
}
