package io.gild.memory;

import io.gild.core.AgentCall;

/**
 * Keeps shadows from what callers remember: calls that a new version makes only for a comparison.
 */
final class ShadowGuard {

  private ShadowGuard() {}

  /** Returns whether this thread is in a call whose answer no caller gets. */
  static boolean isShadow() {
    AgentCall call = AgentCall.current();
    return call != null && call.isShadow();
  }

  /**
   * Refuses a write of a shadow; it fails rather than pretend, so that the comparison shows it.
   *
   * @param what what would be written
   */
  static void refuse(String what) {
    if (isShadow()) {
      throw new MemoryException(
          "A shadow of a new version must not change "
              + what
              + ", which belong to callers; compare agents that write them by a share of calls",
          null);
    }
  }
}
