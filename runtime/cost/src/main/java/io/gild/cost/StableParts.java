package io.gild.cost;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes the key of a partition as text that is the same in another JVM, and different for
 * different keys: each value with its type and its length. Not every key has such a text.
 */
final class StableParts {

  private static final int DEEPEST = 8;

  private final @Nullable Object self;

  private StableParts(@Nullable Object self) {
    this.self = self;
  }

  /**
   * Returns the text of a key.
   *
   * @param key what {@link CacheKeys} makes
   * @param self the object of the call; the place that its class comes from stands for its loader
   * @return {@code null} if the key has an object that only this JVM has, such as a model
   */
  static @Nullable String of(Object key, @Nullable Object self) {
    return new StableParts(self).text(key, 0);
  }

  private @Nullable String text(@Nullable Object value, int depth) {
    if (value == null || value == CacheKeys.ABSENT) {
      return typed("absent", "");
    }
    if (depth > DEEPEST) {
      return null;
    }
    if (value instanceof CacheKeys.Tenant tenant) {
      return typed("tenant", tenant.name());
    }
    if (value instanceof CacheKeys.Identity identity) {
      return identity.isLoader() ? place() : null;
    }
    if (value instanceof CacheKeys.Content content) {
      return array(content.array(), depth);
    }
    if (value instanceof Enum<?> constant) {
      return typed(constant.getDeclaringClass().getName(), constant.name());
    }
    if (value instanceof String || isPlainNumber(value) || value instanceof Character) {
      return typed(value.getClass().getName(), value.toString());
    }
    if (!value.getClass().getName().startsWith("java.util.")) {
      return value instanceof Boolean ? typed("boolean", value.toString()) : null;
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, depth);
    }
    if (value instanceof Set<?> set) {
      List<String> texts = texts(set, depth);
      return texts == null ? null : typed("set", String.join("", new TreeSet<>(texts)));
    }
    List<String> texts = value instanceof List<?> list ? texts(list, depth) : null;
    return texts == null ? null : typed("list", String.join("", texts));
  }

  private static boolean isPlainNumber(Object value) {
    return value instanceof Number
        && (value.getClass().getPackageName().equals("java.lang")
            || value.getClass() == BigDecimal.class
            || value.getClass() == BigInteger.class);
  }

  private static String typed(String type, String text) {
    return type + ":" + text.length() + ":" + text;
  }

  /** Returns where the class of the object comes from, as two applications never share that. */
  private @Nullable String place() {
    CodeSource source = self == null ? null : self.getClass().getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? null
        : typed("place", source.getLocation().toString());
  }

  private @Nullable String array(Object array, int depth) {
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      elements.add(Array.get(array, i));
    }
    List<String> texts = texts(elements, depth);
    return texts == null
        ? null
        : typed(array.getClass().getComponentType().getName() + "[]", String.join("", texts));
  }

  private @Nullable String map(Map<?, ?> map, int depth) {
    Set<String> pairs = new TreeSet<>();
    for (Map.Entry<?, ?> each : map.entrySet()) {
      String key = text(each.getKey(), depth + 1);
      String value = text(each.getValue(), depth + 1);
      if (key == null || value == null) {
        return null;
      }
      pairs.add(key + value);
    }
    return typed("map", String.join("", pairs));
  }

  private @Nullable List<String> texts(Collection<?> values, int depth) {
    List<String> texts = new ArrayList<>();
    for (Object each : values) {
      String text = text(each, depth + 1);
      if (text == null) {
        return null;
      }
      texts.add(text);
    }
    return texts;
  }
}
