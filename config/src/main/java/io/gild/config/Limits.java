package io.gild.config;

/**
 * Bounds that hold across policies.
 *
 * @param maxFailedRequests physical requests to models that may fail within one outermost call
 *     before no more are sent, however many layers retry; 0 for no bound
 */
public record Limits(int maxFailedRequests) {

  /** Checks the values. */
  public Limits {
    Require.between(0, 10_000, maxFailedRequests, "max-failed-requests");
  }
}
