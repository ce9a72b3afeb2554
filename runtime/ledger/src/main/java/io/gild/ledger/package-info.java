/**
 * What model requests cost: who spent it, on what, and what was wasted or saved.
 *
 * <p>Each request is one line of an append-only ledger; sums are exact decimals.
 */
@NullMarked
package io.gild.ledger;

import org.jspecify.annotations.NullMarked;
