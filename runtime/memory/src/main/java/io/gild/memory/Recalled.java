package io.gild.memory;

import io.gild.config.Experimental;
import java.util.Map;

/**
 * A memory that was recalled.
 *
 * @param memory the memory
 * @param score how well it fits; 0 to 1. Scores of different queries cannot be compared.
 * @param parts what the score is the sum of, by name
 */
@Experimental
public record Recalled(Memory memory, double score, Map<String, Double> parts) {}
