package io.gild.memory;

import io.gild.config.Experimental;

/**
 * How a memory fits a search, as a store finds it.
 *
 * @param text the query's words in the memory: {@link io.gild.vectors.TextMatch#share}; 0 to 1
 * @param similarity the cosine between the vectors of query and memory; -1 to 1
 * @param session the query's words in all of its session, in the same way; 0 to 1, and 0 if it has
 *     no session
 */
@Experimental
public record SearchScores(double text, double similarity, double session) {}
