package io.gild.weaver.spi;

import io.gild.core.CallRefused;

/** The request differs from the recording, and a replay sends no other request. */
public final class ReplayDiverged extends CallRefused {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the refusal.
   *
   * @param agent name of the calling agent; empty if there is none
   * @param message the request, and the remedy
   */
  public ReplayDiverged(String agent, String message) {
    super(agent, message);
  }
}
