/**
 * Makes agents cost less: cache, router over model tiers, prices, budgets.
 *
 * <p>The cache is Caffeine's; nothing else here needs a third party.
 */
@NullMarked
package io.gild.cost;

import org.jspecify.annotations.NullMarked;
