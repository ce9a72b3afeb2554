package io.gild.core;

/** So many physical requests have failed within one outermost call that no more are sent. */
public final class AttemptsExhausted extends CallRefused {

  private static final long serialVersionUID = 1L;

  private final int failedRequests;

  /**
   * Creates the refusal.
   *
   * @param agent name of the outermost agent
   * @param failedRequests how many requests have failed
   */
  public AttemptsExhausted(String agent, int failedRequests) {
    super(
        agent,
        "Agent "
            + agent
            + ": "
            + failedRequests
            + " requests to models have failed within one call, no more are sent. Keep retries in"
            + " one layer, or raise limits.max-failed-requests.");
    this.failedRequests = failedRequests;
  }

  /**
   * Returns how many requests have failed.
   *
   * @return the number
   */
  public int failedRequests() {
    return failedRequests;
  }
}
