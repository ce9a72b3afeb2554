package io.gild.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tree of kebab-case keys and plain values, each of which knows where it comes from.
 *
 * <p>Every source of policy becomes such a tree: annotations, files, environment, arguments. Trees
 * are laid over one another, and one binder turns the outcome into records. Immutable.
 */
@Experimental
public final class PolicyTree {

  /**
   * A value and its places.
   *
   * @param value a text, number, boolean, {@code null}, tree, or list of located values
   * @param key where its key is
   * @param origin where the value is
   */
  public record Located(@Nullable Object value, Origin key, Origin origin) {}

  private static final PolicyTree EMPTY = new PolicyTree(Map.of());

  private final Map<String, Located> entries;

  /**
   * Makes a tree of located values.
   *
   * @param entries the values by their keys
   */
  public PolicyTree(Map<String, Located> entries) {
    this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /**
   * Returns the tree without keys.
   *
   * @return the empty tree
   */
  public static PolicyTree empty() {
    return EMPTY;
  }

  /**
   * Makes a tree of the values of annotations.
   *
   * @param values maps, lists, texts, numbers, booleans, {@code null}, to any depth
   * @return the tree
   */
  public static PolicyTree of(Map<String, ?> values) {
    return of(values, Origin.ANNOTATION);
  }

  /**
   * Makes a tree of plain values.
   *
   * @param values maps, lists, texts, numbers, booleans, {@code null}, to any depth
   * @param origin where all of them come from
   * @return the tree
   */
  public static PolicyTree of(Map<String, ?> values, Origin origin) {
    return treeOf(values, origin);
  }

  /**
   * Makes a tree of plain values, each with its own origin.
   *
   * @param values trees, maps, lists, texts, numbers, booleans, {@code null}, to any depth
   * @param origins where each value comes from, under the same keys
   * @return the tree
   */
  public static PolicyTree of(Map<String, ?> values, Map<String, Origin> origins) {
    Map<String, Located> entries = new LinkedHashMap<>();
    for (Map.Entry<String, ?> value : values.entrySet()) {
      Origin origin = origins.getOrDefault(value.getKey(), Origin.ANNOTATION);
      entries.put(value.getKey(), located(value.getValue(), origin));
    }
    return new PolicyTree(entries);
  }

  /**
   * Reads a tree of JSON.
   *
   * @param json a JSON object
   * @param origin where it comes from
   * @return the tree
   * @throws IllegalArgumentException if the text is not a JSON object
   */
  public static PolicyTree fromJson(String json, Origin origin) {
    if (Json.read(json) instanceof Map<?, ?> map) {
      return treeOf(map, origin);
    }
    throw new IllegalArgumentException(origin + " must hold a JSON object");
  }

  /**
   * Lays another tree over this one: maps are merged, every other value is replaced.
   *
   * @param over the tree that wins
   * @return the merged tree
   */
  public PolicyTree overlay(PolicyTree over) {
    if (over.isEmpty()) {
      return this;
    }
    Map<String, Located> merged = new LinkedHashMap<>(entries);
    for (Map.Entry<String, Located> top : over.entries.entrySet()) {
      Located below = merged.get(top.getKey());
      merged.put(top.getKey(), below == null ? top.getValue() : merge(below, top.getValue()));
    }
    return new PolicyTree(merged);
  }

  /**
   * Returns this tree with one more value.
   *
   * @param path keys from the top
   * @param value a plain value
   * @param origin where it comes from
   * @return the new tree
   */
  public PolicyTree with(List<String> path, @Nullable Object value, Origin origin) {
    Located leaf = located(value, origin);
    for (int i = path.size() - 1; i > 0; i--) {
      leaf = new Located(new PolicyTree(Map.of(path.get(i), leaf)), origin, origin);
    }
    return overlay(new PolicyTree(Map.of(path.get(0), leaf)));
  }

  /** Returns this tree with another tree below a key that has one. */
  PolicyTree replaced(String key, PolicyTree below) {
    Located entry = entries.get(key);
    if (entry == null || !(entry.value() instanceof PolicyTree)) {
      return this;
    }
    Map<String, Located> all = new LinkedHashMap<>(entries);
    all.put(key, new Located(below, entry.key(), entry.origin()));
    return new PolicyTree(all);
  }

  /** Returns the trees of a list; an item that is not a tree counts as an empty one. */
  List<PolicyTree> trees(String key) {
    List<PolicyTree> trees = new ArrayList<>();
    Located entry = entries.get(key);
    if (entry != null && entry.value() instanceof List<?> items) {
      for (Object item : items) {
        trees.add(((Located) item).value() instanceof PolicyTree tree ? tree : empty());
      }
    }
    return trees;
  }

  /** Returns this tree with some of its keys alone. */
  PolicyTree only(Collection<String> keys) {
    Map<String, Located> kept = new LinkedHashMap<>(entries);
    kept.keySet().retainAll(keys);
    return new PolicyTree(kept);
  }

  /** Returns this tree without all but one of its keys. */
  PolicyTree only(String key) {
    Located entry = entries.get(key);
    return entry == null ? EMPTY : new PolicyTree(Map.of(key, entry));
  }

  /**
   * Returns whether the tree has no key.
   *
   * @return {@code true} if there is none
   */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /**
   * Returns the keys at the top.
   *
   * @return the keys in order
   */
  public Set<String> keys() {
    return entries.keySet();
  }

  /**
   * Returns the tree below a key.
   *
   * @param key a key at the top
   * @return the tree; empty if there is none
   */
  public PolicyTree child(String key) {
    Located entry = entries.get(key);
    return entry != null && entry.value() instanceof PolicyTree tree ? tree : EMPTY;
  }

  /**
   * Returns the plain value of a key.
   *
   * @param key a key at the top
   * @return a map, list, text, number, boolean, or {@code null} for none
   */
  public @Nullable Object get(String key) {
    Located entry = entries.get(key);
    return entry == null ? null : plain(entry.value());
  }

  /**
   * Returns where a value comes from.
   *
   * @param path keys from the top
   * @return the origin; empty if there is no such key
   */
  public Optional<Origin> origin(String... path) {
    PolicyTree tree = this;
    for (int i = 0; i < path.length - 1; i++) {
      tree = tree.child(path[i]);
    }
    return Optional.ofNullable(tree.entries.get(path[path.length - 1])).map(Located::origin);
  }

  /**
   * Returns all values that are not maps.
   *
   * @return the values with their paths and origins, in order
   */
  public List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    collect("", settings);
    return settings;
  }

  /**
   * Returns the plain values.
   *
   * @return a new map
   */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, Located> entry : entries.entrySet()) {
      map.put(entry.getKey(), plain(entry.getValue().value()));
    }
    return map;
  }

  /**
   * Writes the plain values, without their origins.
   *
   * @return a JSON object on one line
   */
  public String toJson() {
    return Json.write(toMap());
  }

  /**
   * Returns the value of a key with its places.
   *
   * @param key a key at the top
   * @return the value, or {@code null} if there is no such key
   */
  public @Nullable Located entry(String key) {
    return entries.get(key);
  }

  /**
   * Returns this tree without some of its keys.
   *
   * @param keys keys at the top
   * @return the rest
   */
  public PolicyTree without(String... keys) {
    Map<String, Located> rest = new LinkedHashMap<>(entries);
    rest.keySet().removeAll(Set.of(keys));
    return new PolicyTree(rest);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PolicyTree tree && toMap().equals(tree.toMap());
  }

  @Override
  public int hashCode() {
    return toMap().hashCode();
  }

  @Override
  public String toString() {
    return toJson();
  }

  private void collect(String prefix, List<Setting> settings) {
    entries.forEach((key, entry) -> {
      if (entry.value() instanceof PolicyTree tree && !tree.isEmpty()) {
        tree.collect(prefix + key + ".", settings);
      } else {
        settings.add(new Setting(prefix + key, plain(entry.value()), entry.origin()));
      }
    });
  }

  private static Located merge(Located below, Located top) {
    if (below.value() instanceof PolicyTree lower && top.value() instanceof PolicyTree upper) {
      return new Located(lower.overlay(upper), top.key(), top.origin());
    }
    boolean emptySection = top.value() == null && below.value() instanceof PolicyTree;
    return emptySection ? below : top;
  }

  private static PolicyTree treeOf(Map<?, ?> values, Origin origin) {
    Map<String, Located> entries = new LinkedHashMap<>();
    for (Map.Entry<?, ?> value : values.entrySet()) {
      entries.put(String.valueOf(value.getKey()), located(value.getValue(), origin));
    }
    return new PolicyTree(entries);
  }

  /**
   * Locates a plain value.
   *
   * @param value a map, list, text, number, boolean or {@code null}, to any depth
   * @param origin where all of it comes from
   * @return the value with its place
   */
  public static Located located(@Nullable Object value, Origin origin) {
    if (value instanceof Map<?, ?> map) {
      return new Located(treeOf(map, origin), origin, origin);
    }
    if (value instanceof PolicyTree) {
      return new Located(value, origin, origin);
    }
    if (value instanceof List<?> list) {
      List<Located> items = new ArrayList<>();
      for (Object item : list) {
        items.add(located(item, origin));
      }
      return new Located(List.copyOf(items), origin, origin);
    }
    return new Located(scalar(value), origin, origin);
  }

  private static @Nullable Object scalar(@Nullable Object value) {
    if (value instanceof Double || value instanceof Float) {
      // An annotation can hold NaN; the binder reports that it is not a number.
      boolean finite = Double.isFinite(((Number) value).doubleValue());
      return finite ? new BigDecimal(value.toString()) : value;
    }
    return value instanceof Number number && !(value instanceof BigDecimal)
        ? (Object) number.longValue()
        : value;
  }

  /**
   * Takes the places from a value.
   *
   * @param value a located value's value
   * @return a map, list, text, number, boolean or {@code null}
   */
  public static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof PolicyTree tree) {
      return tree.toMap();
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      for (Object item : list) {
        items.add(item instanceof Located located ? plain(located.value()) : item);
      }
      return items;
    }
    return value;
  }
}
