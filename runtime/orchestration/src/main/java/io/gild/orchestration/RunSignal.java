package io.gild.orchestration;

/** What the threads of a run must obey. Thread-safe. */
final class RunSignal {

  private volatile boolean canceled;
  private volatile boolean closing;

  RunSignal(boolean canceled) {
    this.canceled = canceled;
  }

  void cancel() {
    canceled = true;
  }

  void close() {
    closing = true;
  }

  /** Returns whether finished steps are compensated. */
  boolean isCanceled() {
    return canceled;
  }

  /** Returns whether the orchestrator ends, so that a durable run goes on later. */
  boolean isClosing() {
    return closing;
  }

  boolean isSet() {
    return canceled || closing;
  }
}
