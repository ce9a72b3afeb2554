package io.gild.orchestration;

import io.gild.config.Experimental;

/** The run was canceled. */
@Experimental
public class RunCanceled extends OrchestrationException {

  private static final long serialVersionUID = 1L;

  RunCanceled(String id, String reason) {
    super("run " + id + " was canceled: " + reason);
  }
}
