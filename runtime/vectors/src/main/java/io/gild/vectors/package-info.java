/**
 * Texts as vectors and as terms, the vectors nearest to another one, the texts that fit a query.
 *
 * <p>Memory, semantic caches and evaluation share it. An index belongs to one model: vectors of
 * different models are never compared.
 */
@NullMarked
package io.gild.vectors;

import org.jspecify.annotations.NullMarked;
