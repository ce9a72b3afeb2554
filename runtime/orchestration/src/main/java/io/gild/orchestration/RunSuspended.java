package io.gild.orchestration;

/** Ends the threads of a run that needs a decision. */
final class RunSuspended extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RunSuspended() {
    super("the run waits for a decision", null, false, false);
  }
}
