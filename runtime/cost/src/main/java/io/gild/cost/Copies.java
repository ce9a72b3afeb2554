package io.gild.cost;

import io.gild.core.StreamedAnswer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Copies what callers of one cached answer could change for each other: arrays, buffers and the
 * JDK's mutable collections, including nested ones. Everything else is shared.
 */
final class Copies {

  private static final int DEEPEST = 16;

  private Copies() {}

  static @Nullable Object of(@Nullable Object value) {
    return value == null ? null : present(value);
  }

  /** Copies a value that is not null. */
  static Object present(Object value) {
    return value instanceof String ? value : of(value, 0);
  }

  private static Object of(Object value, int depth) {
    if (depth > DEEPEST) {
      return value;
    }
    if (value instanceof StreamedAnswer streamed) {
      return new StreamedAnswer(
          streamed.elements().stream().map(each -> of(each, depth + 1)).toList());
    }
    Class<?> type = value.getClass();
    if (type.isArray()) {
      return array(value, depth);
    }
    if (!type.getName().startsWith("java.")) {
      return value;
    }
    if (value instanceof Collection<?> collection) {
      Collection<@Nullable Object> copy = empty(collection, type);
      if (copy == null) {
        return value;
      }
      for (Object each : collection) {
        copy.add(each == null ? null : of(each, depth + 1));
      }
      return copy;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = empty(map, type);
      if (copy == null) {
        return value;
      }
      map.forEach((key, each) -> copy.put(key, each == null ? null : of(each, depth + 1)));
      return copy;
    }
    return other(value);
  }

  @SuppressWarnings({"JavaUtilDate", "UnnecessaryStringBuilder"}) // answers may have them
  private static Object other(Object value) {
    if (value instanceof StringBuilder text) {
      return new StringBuilder(text);
    }
    if (value instanceof ByteBuffer buffer) {
      return buffer.duplicate().order(buffer.order());
    }
    if (value instanceof CharBuffer buffer) {
      return buffer.duplicate();
    }
    return value instanceof Date date ? date.clone() : value;
  }

  /** Returns an empty collection of the same type; {@code null} if it cannot be changed anyway. */
  @SuppressWarnings({"unchecked", "JdkObsolete"}) // as the copied one is, elements included
  private static @Nullable Collection<@Nullable Object> empty(Collection<?> like, Class<?> type) {
    if (type == ArrayList.class || type.getName().equals("java.util.Arrays$ArrayList")) {
      return new ArrayList<>(like.size());
    }
    if (type == LinkedList.class) {
      return new LinkedList<>();
    }
    if (type == HashSet.class) {
      return new HashSet<>();
    }
    if (type == LinkedHashSet.class) {
      return new LinkedHashSet<>();
    }
    if (like instanceof TreeSet<?> set) {
      return new TreeSet<>(((TreeSet<Object>) set).comparator());
    }
    return null;
  }

  @SuppressWarnings("unchecked") // as above
  private static @Nullable Map<Object, @Nullable Object> empty(Map<?, ?> like, Class<?> type) {
    if (type == HashMap.class) {
      return new HashMap<>();
    }
    if (type == LinkedHashMap.class) {
      return new LinkedHashMap<>();
    }
    return like instanceof TreeMap<?, ?> map
        ? new TreeMap<>(((TreeMap<Object, Object>) map).comparator())
        : null;
  }

  private static Object array(Object array, int depth) {
    if (array instanceof Object[] objects) {
      @Nullable Object[] copy = objects.clone();
      for (int i = 0; i < copy.length; i++) {
        Object each = copy[i];
        copy[i] = each == null ? null : of(each, depth + 1);
      }
      return copy;
    }
    if (array instanceof byte[] bytes) {
      return bytes.clone();
    }
    if (array instanceof char[] chars) {
      return chars.clone();
    }
    if (array instanceof int[] ints) {
      return ints.clone();
    }
    if (array instanceof long[] longs) {
      return longs.clone();
    }
    if (array instanceof float[] floats) {
      return floats.clone();
    }
    if (array instanceof double[] doubles) {
      return doubles.clone();
    }
    return array instanceof short[] shorts ? shorts.clone() : ((boolean[]) array).clone();
  }
}
