package io.gild.memory;

import io.gild.config.Experimental;

/**
 * A memory that may be recalled.
 *
 * @param memory the memory
 * @param words the BM25 of its text; zero or more
 * @param similarity the cosine between its vector and that of the query; -1 to 1
 */
@Experimental
public record MemoryCandidate(Memory memory, double words, double similarity) {}
