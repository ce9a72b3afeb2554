/**
 * Texts as vectors, and the vectors nearest to another one.
 *
 * <p>Memory, semantic caches and evaluation share it. An index belongs to one model: vectors of
 * different models are never compared.
 */
@NullMarked
package io.gild.vectors;

import org.jspecify.annotations.NullMarked;
