/** Budgets and token limits that several JVMs share, in Redis. */
@NullMarked
package io.gild.cost.redis;

import org.jspecify.annotations.NullMarked;
