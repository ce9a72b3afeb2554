package io.gild.orchestration;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/** A step failed after its retries, without a fallback. */
@Experimental
public class StepFailed extends OrchestrationException {

  private static final long serialVersionUID = 1L;

  private final String path;

  StepFailed(String path, String reason, @Nullable Throwable cause) {
    super("step " + path + " failed: " + reason, cause);
    this.path = path;
  }

  /**
   * Returns the step.
   *
   * @return its path in the run
   */
  public String path() {
    return path;
  }
}
