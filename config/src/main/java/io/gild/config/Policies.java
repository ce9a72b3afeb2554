package io.gild.config;

import org.jspecify.annotations.Nullable;

/**
 * All policies of one governed method; an absent one is {@code null} and costs nothing.
 *
 * @param observe observe policy, or {@code null}
 * @param cache cache policy, or {@code null}
 * @param route route policy, or {@code null}
 * @param cost cost policy, or {@code null}
 * @param rateLimit ratelimit policy, or {@code null}
 * @param bulkhead bulkhead policy, or {@code null}
 * @param retry retry policy, or {@code null}
 * @param circuitBreaker circuitbreaker policy, or {@code null}
 * @param timeLimit timelimit policy, or {@code null}
 * @param fallback fallback policy, or {@code null}
 */
public record Policies(
    @Nullable ObservePolicy observe,
    @Nullable CachePolicy cache,
    @Nullable RoutePolicy route,
    @Nullable CostPolicy cost,
    @Nullable RateLimitPolicy rateLimit,
    @Nullable BulkheadPolicy bulkhead,
    @Nullable RetryPolicy retry,
    @Nullable CircuitBreakerPolicy circuitBreaker,
    @Nullable TimeLimitPolicy timeLimit,
    @Nullable FallbackPolicy fallback) {

  private static final Policies NONE =
      new Policies(null, null, null, null, null, null, null, null, null, null);

  /**
   * Returns the policies of a method that has none.
   *
   * @return the empty set
   */
  public static Policies none() {
    return NONE;
  }

  /**
   * Returns a builder that starts with no policy.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the policy of a kind.
   *
   * @param kind the kind
   * @return the policy, or {@code null} if absent
   */
  public @Nullable Record get(PolicyKind kind) {
    return switch (kind) {
      case OBSERVE -> observe;
      case CACHE -> cache;
      case ROUTE -> route;
      case COST -> cost;
      case RATE_LIMIT -> rateLimit;
      case BULKHEAD -> bulkhead;
      case RETRY -> retry;
      case CIRCUIT_BREAKER -> circuitBreaker;
      case TIME_LIMIT -> timeLimit;
      case FALLBACK -> fallback;
    };
  }

  /**
   * Returns the kinds that are present.
   *
   * @return a set of {@link PolicyKind#bit() bits}
   */
  public int mask() {
    int mask = 0;
    for (PolicyKind kind : PolicyKind.values()) {
      if (get(kind) != null) {
        mask |= kind.bit();
      }
    }
    return mask;
  }

  /** Collects policies; not thread-safe. */
  public static final class Builder {

    private @Nullable ObservePolicy observe;
    private @Nullable CachePolicy cache;
    private @Nullable RoutePolicy route;
    private @Nullable CostPolicy cost;
    private @Nullable RateLimitPolicy rateLimit;
    private @Nullable BulkheadPolicy bulkhead;
    private @Nullable RetryPolicy retry;
    private @Nullable CircuitBreakerPolicy circuitBreaker;
    private @Nullable TimeLimitPolicy timeLimit;
    private @Nullable FallbackPolicy fallback;

    private Builder() {}

    /**
     * Sets the observe policy.
     *
     * @param value the policy, or {@code null} for none
     * @return this builder
     */
    public Builder observe(@Nullable ObservePolicy value) {
      this.observe = value;
      return this;
    }

    /**
     * Sets the cache policy.
     *
     * @param value the policy, or {@code null} for none
     * @return this builder
     */
    public Builder cache(@Nullable CachePolicy value) {
      this.cache = value;
      return this;
    }

    /**
     * Sets the route policy.
     *
     * @param value the policy, or {@code null} for none
     * @return this builder
     */
    public Builder route(@Nullable RoutePolicy value) {
      this.route = value;
      return this;
    }

    /**
     * Sets the cost policy.
     *
     * @param value the policy, or {@code null} for none
     * @return this builder
     */
    public Builder cost(@Nullable CostPolicy value) {
      this.cost = value;
      return this;
    }

    /**
     * Sets the rate limit policy.
     *
     * @param value the policy, or {@code null} for none
     * @return this builder
     */
    public Builder rateLimit(@Nullable RateLimitPolicy value) {
      this.rateLimit = value;
      return this;
    }

    /**
     * Sets the bulkhead policy.
     *
     * @param value the policy, or {@code null} for none
     * @return this builder
     */
    public Builder bulkhead(@Nullable BulkheadPolicy value) {
      this.bulkhead = value;
      return this;
    }

    /**
     * Sets the retry policy.
     *
     * @param value the policy, or {@code null} for none
     * @return this builder
     */
    public Builder retry(@Nullable RetryPolicy value) {
      this.retry = value;
      return this;
    }

    /**
     * Sets the circuit breaker policy.
     *
     * @param value the policy, or {@code null} for none
     * @return this builder
     */
    public Builder circuitBreaker(@Nullable CircuitBreakerPolicy value) {
      this.circuitBreaker = value;
      return this;
    }

    /**
     * Sets the time limit policy.
     *
     * @param value the policy, or {@code null} for none
     * @return this builder
     */
    public Builder timeLimit(@Nullable TimeLimitPolicy value) {
      this.timeLimit = value;
      return this;
    }

    /**
     * Sets the fallback policy.
     *
     * @param value the policy, or {@code null} for none
     * @return this builder
     */
    public Builder fallback(@Nullable FallbackPolicy value) {
      this.fallback = value;
      return this;
    }

    /**
     * Returns the policies collected.
     *
     * @return an immutable record
     */
    public Policies build() {
      return new Policies(
          observe,
          cache,
          route,
          cost,
          rateLimit,
          bulkhead,
          retry,
          circuitBreaker,
          timeLimit,
          fallback);
    }
  }
}
