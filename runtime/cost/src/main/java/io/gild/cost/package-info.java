/**
 * Reduces the cost of agents: cache, router over model tiers, prices, budgets.
 *
 * <p>The cache is Caffeine's; the rest has no third-party dependency.
 */
@NullMarked
package io.gild.cost;

import org.jspecify.annotations.NullMarked;
