package io.gild.core;

/** The circuit breaker is open: the agent failed too often recently. */
public final class BreakerOpen extends CallRefused {

  private static final long serialVersionUID = 1L;

  private final String breaker;

  /**
   * Creates the refusal.
   *
   * @param agent name of the agent
   * @param breaker name of the breaker
   */
  public BreakerOpen(String agent, String breaker) {
    super(
        agent,
        "Agent "
            + agent
            + ": circuit breaker "
            + breaker
            + " is open and does not permit further calls");
    this.breaker = breaker;
  }

  /**
   * Returns the name of the breaker.
   *
   * @return the value
   */
  public String breaker() {
    return breaker;
  }
}
