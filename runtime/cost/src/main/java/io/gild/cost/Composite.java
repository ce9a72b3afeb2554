package io.gild.cost;

import io.gild.core.StreamedAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The collections, maps and streams that may be parts of a shared answer. */
@SuppressWarnings("JdkObsolete") // answers may have linked lists
enum Composite {
  ARRAY_LIST('A', ArrayList::new),
  LINKED_LIST('K', LinkedList::new),
  /** Of {@code List.of} or {@code Stream.toList}, which alone may have nulls. */
  LIST('L', all -> all.contains(null) ? all.stream().toList() : List.copyOf(all)),
  HASH_SET('H', HashSet::new),
  LINKED_SET('N', LinkedHashSet::new),
  TREE_SET('R', TreeSet::new),
  SET('S', Set::copyOf),
  STREAM('Z', StreamedAnswer::new),
  HASH_MAP('h', Composite::map, HashMap::new),
  LINKED_MAP('n', Composite::map, map -> map),
  TREE_MAP('r', Composite::map, TreeMap::new),
  MAP('m', Composite::map, Map::copyOf);

  private static final Map<Class<?>, Composite> EXACT =
      Map.of(
          ArrayList.class,
          ARRAY_LIST,
          Arrays.asList().getClass(),
          ARRAY_LIST, // as each copy of a cached answer is
          LinkedList.class,
          LINKED_LIST,
          HashSet.class,
          HASH_SET,
          LinkedHashSet.class,
          LINKED_SET,
          TreeSet.class,
          TREE_SET,
          StreamedAnswer.class,
          STREAM,
          HashMap.class,
          HASH_MAP,
          LinkedHashMap.class,
          LINKED_MAP,
          TreeMap.class,
          TREE_MAP);

  private final char letter;
  private final Function<List<@Nullable Object>, Object> maker;

  Composite(char letter, Function<List<@Nullable Object>, Object> maker) {
    this.letter = letter;
    this.maker = maker;
  }

  Composite(
      char letter,
      Function<List<@Nullable Object>, Map<@Nullable Object, @Nullable Object>> entries,
      Function<Map<@Nullable Object, @Nullable Object>, Object> maker) {
    this(letter, entries.andThen(maker));
  }

  char letter() {
    return letter;
  }

  /** Returns whether keys and values take turns. */
  boolean isMap() {
    return Character.isLowerCase(letter);
  }

  Object make(List<@Nullable Object> elements) {
    return maker.apply(Collections.unmodifiableList(elements));
  }

  static @Nullable Composite of(Object value) {
    Composite exact = EXACT.get(value.getClass());
    boolean constant = value.getClass().getName().startsWith("java.util.ImmutableCollections$");
    if (exact != null || !constant) {
      return exact;
    }
    if (value instanceof Map<?, ?>) {
      return MAP;
    }
    if (value instanceof Set<?>) {
      return SET;
    }
    String name = value.getClass().getSimpleName();
    return name.equals("ListN") || name.equals("List12") ? LIST : null; // and no view of another
  }

  static @Nullable Composite of(char letter) {
    for (Composite each : values()) {
      if (each.letter == letter) {
        return each;
      }
    }
    return null;
  }

  private static Map<@Nullable Object, @Nullable Object> map(List<@Nullable Object> elements) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < elements.size(); i += 2) {
      map.put(elements.get(i), elements.get(i + 1));
    }
    return map;
  }
}
