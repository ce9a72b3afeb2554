package io.gild.vectors;

import io.gild.config.Experimental;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A vector with its id and metadata, as an index keeps it; immutable. */
@Experimental
public final class VectorEntry {

  private final String id;
  private final float[] vector;
  private final Map<String, Object> metadata;

  /**
   * Creates an entry.
   *
   * @param id the id within a partition; not empty
   * @param vector the vector, of any length above zero
   * @param metadata texts, finite numbers and booleans by key
   * @throws IllegalArgumentException if the id is empty or a value is of another type
   */
  public VectorEntry(String id, float[] vector, Map<String, ?> metadata) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("id must not be empty");
    }
    this.id = id;
    this.vector = vector.clone();
    this.metadata = Metadata.checked(id, metadata);
  }

  private VectorEntry(String id, Map<String, Object> checked, float[] own) {
    this.id = id;
    this.vector = own;
    this.metadata = checked;
  }

  /** Creates an entry of checked metadata and of an array that is not changed any more. */
  static VectorEntry ofOwn(String id, float[] own, Map<String, Object> checked) {
    return new VectorEntry(id, checked, own);
  }

  /** Returns the vector itself, for reading only. */
  float[] own() {
    return vector;
  }

  /**
   * Returns the id.
   *
   * @return unique in a partition
   */
  public String id() {
    return id;
  }

  /**
   * Returns the vector.
   *
   * @return a new array
   */
  public float[] vector() {
    return vector.clone();
  }

  /**
   * Returns the metadata.
   *
   * @return texts, booleans and {@link java.math.BigDecimal}s by key; unmodifiable
   */
  public Map<String, Object> metadata() {
    return metadata;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VectorEntry entry
        && id.equals(entry.id)
        && Arrays.equals(vector, entry.vector)
        && metadata.equals(entry.metadata);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id + new TreeMap<>(metadata);
  }
}
