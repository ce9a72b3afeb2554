/** Budgets, token limits and cached answers that several JVMs share, in Redis. */
@NullMarked
package io.gild.cost.redis;

import org.jspecify.annotations.NullMarked;
