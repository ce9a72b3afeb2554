package io.gild.core;

/** As many calls as the bulkhead allows are running already. */
public final class BulkheadFull extends CallRefused {

  private static final long serialVersionUID = 1L;

  private final int maxConcurrentCalls;

  /**
   * Creates the refusal.
   *
   * @param agent name of the agent
   * @param maxConcurrentCalls number of calls that may run at once
   */
  public BulkheadFull(String agent, int maxConcurrentCalls) {
    super(
        agent,
        "Agent " + agent + ": bulkhead is full, " + maxConcurrentCalls + " calls are running");
    this.maxConcurrentCalls = maxConcurrentCalls;
  }

  /**
   * Returns the number of calls that may run at once.
   *
   * @return the value
   */
  public int maxConcurrentCalls() {
    return maxConcurrentCalls;
  }
}
