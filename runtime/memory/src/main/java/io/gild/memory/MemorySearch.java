package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.vectors.MetadataFilter;

/**
 * A search for candidates.
 *
 * @param text what the memories should be about
 * @param vector the text's vector, of length 1; not to be changed. Without components if it has
 *     none.
 * @param condition the condition on {@link MemoryFacts}
 * @param candidates about how many candidates each kind of search returns; 1 or more
 */
@Experimental
@SuppressWarnings("ArrayRecordComponent") // vectors are large, and copied nowhere
public record MemorySearch(String text, float[] vector, MetadataFilter condition, int candidates) {}
