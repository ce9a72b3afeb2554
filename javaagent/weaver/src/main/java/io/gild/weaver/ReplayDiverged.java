package io.gild.weaver;

import io.gild.core.CallRefused;

/** What is asked is not what was recorded, and nobody else may be asked. */
final class ReplayDiverged extends CallRefused {

  private static final long serialVersionUID = 1L;

  ReplayDiverged(String agent, String message) {
    super(agent, message);
  }
}
