/**
 * Keeps agents from failing: breaker, retry, time limit, bulkhead, rate limit, fallback.
 *
 * <p>The mechanisms are Resilience4j's, called through their low-level methods so that a call has
 * no cost of decorators.
 */
@NullMarked
package io.gild.reliability;

import org.jspecify.annotations.NullMarked;
