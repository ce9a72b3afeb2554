package io.gild.orchestration;

import io.gild.config.Experimental;

/** What a run does. */
@Experimental
public enum RunState {
  /** Its steps run, or will run when an orchestrator resumes it. */
  RUNNING,
  /** It needs a decision, and no thread waits for that. */
  WAITING,
  /** It has its result. */
  COMPLETED,
  /** A step failed, and finished steps were compensated. It can be resumed if none was. */
  FAILED,
  /** It was canceled, and finished steps were compensated. */
  CANCELED;

  /**
   * Returns whether the run is over.
   *
   * @return {@code true} if nothing more happens by itself
   */
  public boolean isFinal() {
    return this == COMPLETED || this == FAILED || this == CANCELED;
  }
}
