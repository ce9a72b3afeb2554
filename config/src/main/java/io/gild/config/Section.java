package io.gild.config;

import io.gild.config.PolicyTree.Located;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of the settings with a key at the top of {@code gild.yaml}, declared by the module that
 * uses it and read with {@link Settings#get}.
 *
 * <pre>{@code
 * static final Section<Limits> LIMITS = Section.of("limits", Limits.class);
 * ...
 * int most = settings.get(LIMITS).maxFailedRequests();
 * }</pre>
 *
 * <p>Several modules may declare a record for the same key; each sees the components of its own.
 * Defaults are in the shipped files, or come with {@link #defaults}. Immutable.
 *
 * @param <T> what the section is bound to
 */
@Experimental
public final class Section<T> {

  private final String key;
  private final Type type;
  private final Map<Class<?>, List<String>> optional;
  private final PolicyTree defaults;
  private final @Nullable Shorthand shorthand;

  private Section(
      String key,
      Type type,
      Map<Class<?>, List<String>> optional,
      PolicyTree defaults,
      @Nullable Shorthand shorthand) {
    this.key = key;
    this.type = type;
    this.optional = Map.copyOf(optional);
    this.defaults = defaults;
    this.shorthand = shorthand;
  }

  private Section(String key, Type type) {
    this(key, type, Map.of(), PolicyTree.empty(), null);
  }

  /**
   * Declares a section that is a record or a single value.
   *
   * @param key kebab-case key
   * @param type class of the record, whose components are the keys, or of the value
   * @param <T> what the section is bound to
   * @return the section
   */
  public static <T> Section<T> of(String key, Class<T> type) {
    return new Section<>(key, type);
  }

  /**
   * Declares a section that maps names to records.
   *
   * @param key kebab-case key
   * @param value class of the records
   * @param <R> type of the records
   * @return the section
   */
  public static <R extends Record> Section<Map<String, R>> mapOf(String key, Class<R> value) {
    return new Section<>(key, new Generic(Map.class, String.class, value));
  }

  /**
   * Declares a section that is a list of records.
   *
   * @param key kebab-case key
   * @param item class of the records
   * @param <R> type of the records
   * @return the section
   */
  public static <R extends Record> Section<List<R>> listOf(String key, Class<R> item) {
    return new Section<>(key, new Generic(List.class, item));
  }

  /**
   * Lets components of one of the section's records be absent; they are then {@code null}.
   *
   * @param record class of the record
   * @param keys keys of the components
   * @return a section that allows that
   */
  public Section<T> optional(Class<? extends Record> record, String... keys) {
    Map<Class<?>, List<String>> all = new HashMap<>(optional);
    all.put(record, List.of(keys));
    return new Section<>(key, type, all, defaults, shorthand);
  }

  /**
   * Sets the values of keys that are left out and that the shipped files do not have.
   *
   * @param values values by kebab-case keys
   * @return a section with them
   */
  public Section<T> defaults(PolicyTree values) {
    return new Section<>(key, type, optional, values, shorthand);
  }

  /**
   * Allows a bare number in place of one of the section's records, which are its components.
   *
   * @param record class of the record
   * @param numberKey key of the record that has the number
   * @return a section in which numbers become records before layers are laid over one another
   */
  public Section<T> shorthand(Class<? extends Record> record, String numberKey) {
    return new Section<>(key, type, optional, defaults, new Shorthand(record, numberKey));
  }

  /**
   * Returns the key at the top of the file.
   *
   * @return the kebab-case key
   */
  public String key() {
    return key;
  }

  Type type() {
    return type;
  }

  Map<Class<?>, List<String>> optional() {
    return optional;
  }

  PolicyTree defaults() {
    return defaults;
  }

  /** Returns whether a number may replace a record. */
  boolean isShort(Class<?> record) {
    return shorthand != null && shorthand.record() == record;
  }

  /** Expands short forms. */
  PolicyTree expand(PolicyTree written) {
    if (shorthand == null || !(type instanceof Class<?> own)) {
      return written;
    }
    Map<String, Located> entries = new LinkedHashMap<>();
    for (String each : written.keys()) {
      Located entry = Objects.requireNonNull(written.entry(each));
      boolean isShort = entry.value() instanceof Number && shorthand.isOf(own, each);
      entries.put(each, isShort ? shorthand.longhand(entry) : entry);
    }
    return new PolicyTree(entries);
  }

  @Override
  public String toString() {
    return key;
  }

  /**
   * A record that a number may replace.
   *
   * @param numberKey the key that the number is meant for
   */
  private record Shorthand(Class<? extends Record> record, String numberKey) {

    boolean isOf(Class<?> section, String component) {
      for (RecordComponent each : section.getRecordComponents()) {
        if (each.getType() == record && Keys.kebab(each.getName()).equals(component)) {
          return true;
        }
      }
      return false;
    }

    Located longhand(Located number) {
      PolicyTree tree = new PolicyTree(Map.of(numberKey, number));
      return new Located(tree, number.key(), number.origin());
    }
  }

  /** A generic type, as reflection gives it of a record's component. */
  private record Generic(Class<?> raw, Type... arguments) implements ParameterizedType {

    @Override
    public Type[] getActualTypeArguments() {
      return arguments.clone();
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return null;
    }
  }
}
