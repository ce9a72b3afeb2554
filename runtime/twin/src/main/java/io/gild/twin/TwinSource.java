package io.gild.twin;

import io.gild.config.Experimental;

/** An agent as it is, or as a file keeps it. */
@Experimental
public interface TwinSource {

  /**
   * Returns everything but what the agent remembers.
   *
   * @return the twin
   */
  Twin twin();

  /**
   * Passes on what the agent remembers: memories, then sessions.
   *
   * @param visitor receives them
   * @throws TwinException if they cannot be read; the visitor may have received some
   */
  void visit(TwinVisitor visitor);
}
