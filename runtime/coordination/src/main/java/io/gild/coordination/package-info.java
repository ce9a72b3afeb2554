/**
 * Messages between agents and the broker that delivers them at least once.
 *
 * <p>A message that was acknowledged to its sender is in a queue, delivered, or in the dead letters
 * with the reason.
 */
@NullMarked
package io.gild.coordination;

import org.jspecify.annotations.NullMarked;
