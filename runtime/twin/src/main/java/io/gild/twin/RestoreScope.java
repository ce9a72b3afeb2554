package io.gild.twin;

import io.gild.memory.MemoryOwner;

/**
 * What a restore replaces.
 *
 * @param agent name of the agent
 * @param shared whether memories that all agents share are replaced, too
 */
record RestoreScope(String agent, boolean shared) {

  boolean contains(MemoryOwner owner) {
    return owner.agent().equals(agent) || shared && owner.agent().isEmpty();
  }
}
