package io.gild.vectors;

import io.gild.config.Experimental;
import java.util.Map;

/**
 * A text with its id and metadata, as it is put into an index; immutable.
 *
 * @param id the id within a partition; not empty
 * @param text the text; may be empty
 * @param metadata texts, finite numbers and booleans by key, the numbers as {@link
 *     java.math.BigDecimal}s
 */
@Experimental
public record TextEntry(String id, String text, Map<String, Object> metadata) {

  /** Checks the values. */
  public TextEntry {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("id must not be empty");
    }
    metadata = Metadata.checked(id, metadata);
  }
}
