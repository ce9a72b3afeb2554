package io.gild.twin;

import io.gild.config.Experimental;
import io.gild.memory.MemoryRecord;
import io.gild.memory.SessionSnapshot;

/** Receives what an agent remembers, one by one, so that it need not fit into memory. */
@Experimental
public interface TwinVisitor {

  /**
   * Receives a fact or an experience.
   *
   * @param record the memory and its vector
   */
  void memory(MemoryRecord record);

  /**
   * Receives a session.
   *
   * @param session the session, whole
   */
  void session(SessionSnapshot session);
}
