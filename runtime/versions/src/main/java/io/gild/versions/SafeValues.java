package io.gild.versions;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values that two versions may use at the same time: texts, numbers, booleans, enums, dates, and
 * records, unmodifiable collections and optionals of them.
 */
final class SafeValues {

  private static final Set<Class<?>> IMMUTABLE =
      Set.of(
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigDecimal.class,
          BigInteger.class,
          UUID.class,
          URI.class,
          Locale.class,
          Currency.class);

  /** The package-private classes behind {@code List.of}, {@code Set.of} and {@code Map.of}. */
  private static final String UNMODIFIABLE = "java.util.ImmutableCollections$";

  private static final int DEEPEST = 8;

  private SafeValues() {}

  static boolean isSafe(@Nullable Object value) {
    return isSafe(value, 0);
  }

  private static boolean isSafe(@Nullable Object value, int depth) {
    if (value == null || value instanceof Enum || IMMUTABLE.contains(value.getClass())) {
      return true;
    }
    if (depth > DEEPEST) {
      return false;
    }
    Class<?> type = value.getClass();
    if (type.getName().startsWith("java.time.")) {
      return value instanceof TemporalAccessor || value instanceof TemporalAmount;
    }
    if (value instanceof Optional<?> optional) {
      return isSafe(optional.orElse(null), depth + 1);
    }
    if (type.getName().startsWith(UNMODIFIABLE)) {
      return areSafe(value, depth + 1);
    }
    return value instanceof Record && isSafeRecord(value, depth + 1);
  }

  private static boolean areSafe(Object collection, int depth) {
    if (collection instanceof Map<?, ?> map) {
      return allAreSafe(map.keySet(), depth) && allAreSafe(map.values(), depth);
    }
    return collection instanceof Collection<?> elements && allAreSafe(elements, depth);
  }

  private static boolean allAreSafe(Collection<?> elements, int depth) {
    return elements.stream().allMatch(element -> isSafe(element, depth));
  }

  private static boolean isSafeRecord(Object value, int depth) {
    try {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        if (component.getType().isPrimitive()) {
          continue;
        }
        component.getAccessor().setAccessible(true);
        if (!isSafe(component.getAccessor().invoke(value), depth)) {
          return false;
        }
      }
      return true;
    } catch (ReflectiveOperationException | InaccessibleObjectException unreadable) {
      return false;
    }
  }
}
