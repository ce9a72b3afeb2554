package io.gild.core;

/** The calls of this period are used up. */
public final class RateLimited extends CallRefused {

  private static final long serialVersionUID = 1L;

  private final int limitForPeriod;

  /**
   * Creates the refusal.
   *
   * @param agent name of the agent
   * @param limitForPeriod number of calls that may start in one period
   */
  public RateLimited(String agent, int limitForPeriod) {
    super(
        agent,
        "Agent " + agent + ": rate limit of " + limitForPeriod + " calls per period is used up");
    this.limitForPeriod = limitForPeriod;
  }

  /**
   * Returns the number of calls that may start in one period.
   *
   * @return the value
   */
  public int limitForPeriod() {
    return limitForPeriod;
  }
}
