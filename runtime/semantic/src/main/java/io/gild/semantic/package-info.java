/**
 * Finds an earlier question of the same answer, and learns from the answers of the model when it is
 * safe to repeat one: of all requests, at most a given share is answered wrongly.
 */
@NullMarked
package io.gild.semantic;

import org.jspecify.annotations.NullMarked;
