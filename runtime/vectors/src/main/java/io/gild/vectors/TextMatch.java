package io.gild.vectors;

import io.gild.config.Experimental;
import java.util.Map;

/**
 * A text that was found.
 *
 * @param id the id of the entry
 * @param score how well the text fits the query, by the formula of its index; above 0. Scores of
 *     different queries cannot be compared
 * @param share the score divided by the highest that a text could have for this query; 0 to 1. A
 *     text has a small share if it lacks the rarest words of the query, and so has every text if
 *     the partition does not know them
 * @param metadata the metadata of the entry; unmodifiable
 */
@Experimental
public record TextMatch(String id, double score, double share, Map<String, Object> metadata) {}
