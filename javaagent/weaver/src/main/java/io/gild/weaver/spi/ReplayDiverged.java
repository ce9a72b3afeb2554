package io.gild.weaver.spi;

import io.gild.core.CallRefused;

/** What is asked is not what was recorded, and nobody else may be asked. */
public final class ReplayDiverged extends CallRefused {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the refusal.
   *
   * @param agent name of the agent that asks; empty if none does
   * @param message what is asked, and what to do
   */
  public ReplayDiverged(String agent, String message) {
    super(agent, message);
  }
}
