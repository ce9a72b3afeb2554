package io.gild.vectors;

import io.gild.config.Experimental;
import java.util.Map;

/**
 * An entry that was found.
 *
 * @param id the id of the entry
 * @param similarity the cosine between its vector and the wanted one; -1 to 1
 * @param metadata the metadata of the entry; unmodifiable
 */
@Experimental
public record VectorMatch(String id, double similarity, Map<String, Object> metadata) {}
