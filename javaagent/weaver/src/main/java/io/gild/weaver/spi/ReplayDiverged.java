package io.gild.weaver.spi;

import io.gild.core.CallRefused;

/** The request is not what was recorded, and no other may be sent. */
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
