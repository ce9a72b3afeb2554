package io.gild.observability;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A few attributes, each key beside its value; for one thread at a time. */
final class FlatAttributes {

  private static final int USUAL = 4;

  private @Nullable Object[] pairs = new @Nullable Object[2 * USUAL];
  private int length;

  /** Sets an attribute, in place of the key's earlier value; ignores empty keys and null values. */
  void put(AttributeKey<?> key, @Nullable Object value) {
    if (value == null || key.getKey().isEmpty()) {
      return;
    }
    int at = indexOf(key);
    if (at == length) {
      if (length == pairs.length) {
        pairs = Arrays.copyOf(pairs, 2 * length);
      }
      pairs[at] = key;
      length += 2;
    }
    pairs[at + 1] = value;
  }

  /** Returns the value of a key. */
  @SuppressWarnings("unchecked") // the methods that put it ensure the type
  <T> @Nullable T get(AttributeKey<T> key) {
    int at = indexOf(key);
    return at == length ? null : (T) pairs[at + 1];
  }

  private int indexOf(AttributeKey<?> key) {
    int at = 0;
    while (at < length && !key.equals(pairs[at])) {
      at += 2;
    }
    return at;
  }

  /** Returns them as OpenTelemetry's attributes. */
  @SuppressWarnings("unchecked") // as above
  Attributes toAttributes() {
    AttributesBuilder all = Attributes.builder();
    for (int at = 0; at < length; at += 2) {
      AttributeKey<Object> key = (AttributeKey<Object>) pairs[at];
      Object value = pairs[at + 1];
      if (key != null && value != null) {
        all.put(key, value);
      }
    }
    return all.build();
  }
}
