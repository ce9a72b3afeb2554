package io.gild.semantic;

/**
 * An earlier question near a new one.
 *
 * @param entry the earlier one
 * @param similarity the cosine of both
 */
record Neighbour<V>(SemanticEntry<V> entry, double similarity) {}
