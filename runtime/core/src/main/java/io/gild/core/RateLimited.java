package io.gild.core;

import java.time.Duration;

/** The calls or tokens of this period are used up. */
public final class RateLimited extends CallRefused {

  private static final long serialVersionUID = 1L;

  private final int limitForPeriod;
  private final String limit;
  private final Duration retryAfter;

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
    this.limit = "";
    this.retryAfter = Duration.ZERO;
  }

  /**
   * Creates the refusal of a request to a model by a named limit.
   *
   * @param agent name of the agent
   * @param limit name of the limit
   * @param retryAfter after what time there is probably room for the request; zero or more
   */
  public RateLimited(String agent, String limit, Duration retryAfter) {
    super(
        agent,
        "Agent %s: the requests or tokens per minute of limit %s are used up; there is room in about %d ms"
            .formatted(agent, limit, retryAfter.toMillis()));
    this.limitForPeriod = 0;
    this.limit = limit;
    this.retryAfter = retryAfter;
  }

  /**
   * Returns the number of calls that may start in one period.
   *
   * @return the value; 0 if the limit is one of requests and tokens per minute
   */
  public int limitForPeriod() {
    return limitForPeriod;
  }

  /**
   * Returns the name of the limit of requests and tokens.
   *
   * @return the name; empty if the limit is one of calls
   */
  public String limit() {
    return limit;
  }

  /**
   * Returns after what time there is probably room for the request.
   *
   * @return zero if unknown
   */
  public Duration retryAfter() {
    return retryAfter;
  }
}
