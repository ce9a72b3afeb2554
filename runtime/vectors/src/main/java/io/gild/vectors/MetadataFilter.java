package io.gild.vectors;

import io.gild.config.Experimental;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the metadata of an entry. Every index implements the same conditions, so that a
 * store can be replaced by another one. Immutable.
 *
 * <p>{@code MetadataFilter.all(equalTo("kind", "preference"), atLeast("importance", 0.5))}
 *
 * <p>Numbers are compared by value: {@code 1} equals {@code 1.0}, and a float is what it prints. A
 * key that an entry does not have satisfies no condition but a negated one.
 */
@Experimental
public sealed interface MetadataFilter {

  /**
   * Returns whether metadata satisfy the condition.
   *
   * @param metadata metadata of a {@link VectorEntry}
   * @return {@code true} if they do
   */
  boolean accepts(Map<String, Object> metadata);

  /**
   * The key has one of some values.
   *
   * @param key the key
   * @param values the values; texts, numbers or booleans
   */
  record OneOf(String key, List<Object> values) implements MetadataFilter {

    /** Copies the values; a number becomes a {@link BigDecimal}. */
    public OneOf {
      values = values.stream().map(Metadata::value).toList();
    }

    @Override
    public boolean accepts(Map<String, Object> metadata) {
      Object value = metadata.get(key);
      return value != null && values.contains(value);
    }
  }

  /**
   * The key has a number within bounds, both included.
   *
   * @param key the key
   * @param lowest the lowest number, or {@code null} for none
   * @param highest the highest number, or {@code null} for none
   */
  record Between(String key, @Nullable BigDecimal lowest, @Nullable BigDecimal highest)
      implements MetadataFilter {

    @Override
    public boolean accepts(Map<String, Object> metadata) {
      return metadata.get(key) instanceof BigDecimal number
          && (lowest == null || number.compareTo(lowest) >= 0)
          && (highest == null || number.compareTo(highest) <= 0);
    }
  }

  /**
   * All conditions hold.
   *
   * @param filters the conditions; none accepts every entry
   */
  record All(List<MetadataFilter> filters) implements MetadataFilter {

    /** Copies the conditions. */
    public All {
      filters = List.copyOf(filters);
    }

    @Override
    public boolean accepts(Map<String, Object> metadata) {
      for (MetadataFilter filter : filters) {
        if (!filter.accepts(metadata)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * At least one condition holds.
   *
   * @param filters the conditions; none accepts no entry
   */
  record Any(List<MetadataFilter> filters) implements MetadataFilter {

    /** Copies the conditions. */
    public Any {
      filters = List.copyOf(filters);
    }

    @Override
    public boolean accepts(Map<String, Object> metadata) {
      for (MetadataFilter filter : filters) {
        if (filter.accepts(metadata)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * A condition does not hold.
   *
   * @param filter the condition
   */
  record Not(MetadataFilter filter) implements MetadataFilter {

    @Override
    public boolean accepts(Map<String, Object> metadata) {
      return !filter.accepts(metadata);
    }
  }

  /**
   * Returns the condition that every entry satisfies.
   *
   * @return the condition
   */
  static MetadataFilter none() {
    return new All(List.of());
  }

  /**
   * Returns a condition on one value.
   *
   * @param key the key
   * @param value the value; a text, a number or a boolean
   * @return the condition
   */
  static MetadataFilter equalTo(String key, Object value) {
    return new OneOf(key, List.of(value));
  }

  /**
   * Returns a condition on some values.
   *
   * @param key the key
   * @param values the values, of which one is enough
   * @return the condition
   */
  static MetadataFilter oneOf(String key, Collection<?> values) {
    return new OneOf(key, List.copyOf(values));
  }

  /**
   * Returns a lower bound.
   *
   * @param key the key
   * @param lowest the lowest number
   * @return the condition
   */
  static MetadataFilter atLeast(String key, Number lowest) {
    return new Between(key, bound(key, lowest), null);
  }

  /**
   * Returns an upper bound.
   *
   * @param key the key
   * @param highest the highest number
   * @return the condition
   */
  static MetadataFilter atMost(String key, Number highest) {
    return new Between(key, null, bound(key, highest));
  }

  /**
   * Returns the conjunction of conditions.
   *
   * @param filters the conditions
   * @return the condition
   */
  static MetadataFilter all(MetadataFilter... filters) {
    return new All(List.of(filters));
  }

  /**
   * Returns the disjunction of conditions.
   *
   * @param filters the conditions
   * @return the condition
   */
  static MetadataFilter any(MetadataFilter... filters) {
    return new Any(List.of(filters));
  }

  /**
   * Returns the negation of a condition.
   *
   * @param filter the condition
   * @return the condition
   */
  static MetadataFilter not(MetadataFilter filter) {
    return new Not(filter);
  }

  private static BigDecimal bound(String key, Number number) {
    BigDecimal bound = Metadata.number(number);
    if (bound == null) {
      throw new IllegalArgumentException("the bound of " + key + " must be finite: " + number);
    }
    return bound;
  }
}
