package io.gild.memory;

import io.gild.config.Experimental;

/**
 * A memory that was recalled.
 *
 * @param memory the memory
 * @param score how well it fits, in parts. Scores of different queries cannot be compared.
 */
@Experimental
public record Recalled(Memory memory, RecallScore score) {}
