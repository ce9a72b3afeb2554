package io.gild.config;

import io.gild.config.PolicyTree.Located;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns trees into records of any type: the components are the keys.
 *
 * <p>A value that does not fit is reported, and replaced by the fallback's value, so that one pass
 * finds all mistakes.
 */
@Experimental
public final class Binder {

  private final Problems problems;

  /** Keys of components that may be null: their annotations would load dozens of classes. */
  private final Map<Class<?>, List<String>> optional;

  /** Makes a binder of settings. */
  Binder(Problems problems) {
    this(problems, Sections.optional());
  }

  /**
   * Makes a binder of records outside of any section.
   *
   * @param problems collects what is wrong
   * @param optional keys of components that may be absent, by records
   */
  public Binder(Problems problems, Map<Class<?>, List<String>> optional) {
    this.problems = problems;
    this.optional = optional;
  }

  /**
   * Binds a section.
   *
   * @param tree all settings, the shipped ones included
   * @param fallback the shipped settings
   * @return what the section is bound to; {@code null} if a problem left nothing
   */
  @Nullable Object section(Section<?> section, PolicyTree tree, PolicyTree fallback) {
    Type type = section.type();
    Class<?> raw = type instanceof Class<?> plain ? plain : Map.class;
    if (type instanceof ParameterizedType generic) {
      raw = (Class<?>) generic.getRawType();
    }
    @Nullable Object[] value = new Object[1];
    RecordShape.Part part = new RecordShape.Part(section.key(), raw, type);
    return bindPart(part, false, tree, fallback, "", Origin.of("gild.yaml"), value, 0)
        ? value[0]
        : null;
  }

  /**
   * Binds a tree.
   *
   * @param type class of the record
   * @param tree its values
   * @param fallback values for keys that are absent or wrong
   * @param path path of the tree, for messages
   * @param origin place of the tree, for messages on keys that are missing
   * @param <R> type of the record
   * @return the record, or {@code null} if a problem left none to make
   */
  public <R extends Record> @Nullable R bind(
      Class<R> type, PolicyTree tree, PolicyTree fallback, String path, Origin origin) {
    RecordShape shape = RecordShape.of(type);
    reportUnknownKeys(shape.keys(), tree, path);
    @Nullable Object[] values = new Object[shape.parts().size()];
    boolean complete = true;
    for (int i = 0; i < values.length; i++) {
      RecordShape.Part part = shape.parts().get(i);
      boolean absent = isOptional(type, part.key());
      complete &= bindPart(part, absent, tree, fallback, path, origin, values, i);
    }
    return complete ? type.cast(create(type, shape, values, tree, fallback, path, origin)) : null;
  }

  private boolean bindPart(
      RecordShape.Part part,
      boolean nullable,
      PolicyTree tree,
      PolicyTree fallback,
      String path,
      Origin origin,
      @Nullable Object[] values,
      int index) {
    String key = part.key();
    Located given = tree.entry(key);
    if (given != null) {
      try {
        values[index] = convert(part, nullable, given, key, path);
        return true;
      } catch (Misfit misfit) {
        report(misfit, path);
      }
    }
    Located substitute = fallback.entry(key);
    if (substitute != null) {
      values[index] = convert(part, nullable, substitute, key, path);
      return true;
    }
    Object empty = empty(part.raw());
    boolean mayBeAbsent = nullable || empty != null;
    if (given == null && !mayBeAbsent) {
      problems.add(origin, path, key + " is missing");
    }
    values[index] = empty;
    return mayBeAbsent;
  }

  private @Nullable Record create(
      Class<?> type,
      RecordShape shape,
      @Nullable Object[] values,
      PolicyTree tree,
      PolicyTree fallback,
      String path,
      Origin origin) {
    while (true) {
      try {
        return shape.constructor().newInstance(values);
      } catch (InvocationTargetException e) {
        String message = String.valueOf(e.getTargetException().getMessage());
        int wrong = named(shape, tree, fallback, message);
        Located given = wrong < 0 ? null : tree.entry(shape.keys().get(wrong));
        problems.add(given == null ? origin : given.origin(), path, message);
        Located substitute = given == null ? null : fallback.entry(shape.keys().get(wrong));
        Object value =
            substitute == null
                ? null
                : convert(
                    shape.parts().get(wrong),
                    isOptional(type, shape.keys().get(wrong)),
                    substitute,
                    message,
                    path);
        if (value == null || value.equals(values[wrong])) {
          return null;
        }
        values[wrong] = value;
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot create " + shape.constructor().getName(), e);
      }
    }
  }

  /** Returns the key that a message is about: its subject, unless another key in it was chosen. */
  private static int named(
      RecordShape shape, PolicyTree tree, PolicyTree fallback, String message) {
    int subject = -1;
    int other = -1;
    for (int i = 0; i < shape.keys().size(); i++) {
      String key = shape.keys().get(i);
      if (message.startsWith(key + " ")) {
        subject = i;
      } else if (message.contains(" " + key + ",") && isChosen(key, tree, fallback)) {
        other = i;
      }
    }
    return other < 0 || subject >= 0 && isChosen(shape.keys().get(subject), tree, fallback)
        ? subject
        : other;
  }

  private static boolean isChosen(String key, PolicyTree tree, PolicyTree fallback) {
    Located given = tree.entry(key);
    Located usual = fallback.entry(key);
    return given != null && (usual == null || !given.origin().equals(usual.origin()));
  }

  /**
   * Reports each key of a tree that is unknown, with the nearest right one.
   *
   * @param known the keys that are known
   * @param tree the tree
   * @param path path of the tree, for messages
   */
  public void reportUnknownKeys(Collection<String> known, PolicyTree tree, String path) {
    for (String key : tree.keys()) {
      if (!known.contains(key)) {
        unknownKey(tree, key, path, known);
      }
    }
  }

  private void unknownKey(PolicyTree tree, String key, String path, Collection<String> known) {
    String hint = Suggestions.didYouMean(key, known);
    Located entry = tree.entry(key);
    problems.add(
        entry == null ? Origin.of(path) : entry.key(),
        Keys.join(path, key),
        "unknown key." + (hint.isEmpty() ? " Use one of " + String.join(", ", known) + "." : hint));
  }

  private void report(Misfit misfit, String path) {
    if (misfit.getMessage() != null) {
      problems.add(misfit.origin(), path, misfit.getMessage());
    }
  }

  private @Nullable Object convert(
      RecordShape.Part part, boolean nullable, Located given, String key, String path) {
    if (nullable && isNothing(part, given.value())) {
      return null;
    }
    return convert(part.type(), given, key, path);
  }

  /** {@code off} leaves out a whole part of the settings, too, because null does not affect it. */
  private static boolean isNothing(RecordShape.Part part, @Nullable Object value) {
    return value == null || (part.raw().isRecord() && PolicySection.isOff(value));
  }

  /** Converts a value; throws {@link Misfit} if it is not of the type. */
  private Object convert(Type type, Located given, String key, String path) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? list(arguments[0], given, key, path)
          : map((Class<?>) arguments[1], given, key, path);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == Object.class) {
      return plain(given, key);
    }
    if (raw == PolicySection.class) {
      PolicyTree tree = tree(given, key);
      checkPolicies(tree, Keys.join(path, key), PolicySection.keys());
      return new PolicySection(tree);
    }
    if (raw == AgentRule.class) {
      return rule(given, key, path);
    }
    return raw.isRecord() ? record(raw, given, key, path) : Scalars.convert(raw, given, key);
  }

  private static Object plain(Located given, String key) {
    Object plain = PolicyTree.plain(given.value());
    if (plain == null) {
      throw Misfit.of(key, "a value", given);
    }
    return plain;
  }

  private Object record(Class<?> type, Located given, String key, String path) {
    PolicyTree tree = tree(given, key);
    Record bound =
        bind(
            type.asSubclass(Record.class),
            tree,
            PolicyTree.empty(),
            Keys.join(path, key),
            given.origin());
    if (bound == null) {
      throw Misfit.reported(given);
    }
    return bound;
  }

  private List<Object> list(Type type, Located given, String key, String path) {
    List<Object> items = new ArrayList<>();
    if (!(given.value() instanceof List<?> list)) {
      if (given.value() == null) {
        return List.of();
      }
      if (given.value() instanceof PolicyTree || type != String.class) {
        throw Misfit.of(key, "a list", given);
      }
      return List.of(convert(type, given, key, path));
    }
    for (Object item : list) {
      Located located = (Located) item;
      try {
        items.add(convert(type, located, key + "[" + items.size() + "]", path));
      } catch (Misfit misfit) {
        report(misfit, path);
      }
    }
    return items;
  }

  private Map<String, Object> map(Class<?> type, Located given, String key, String path) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (given.value() == null) {
      return map;
    }
    PolicyTree tree = tree(given, key);
    for (String name : tree.keys()) {
      Located entry = tree.entry(name);
      if (entry == null) {
        continue;
      }
      try {
        map.put(name, convert(type, entry, name, Keys.join(path, key)));
      } catch (Misfit misfit) {
        report(misfit, Keys.join(path, key));
      }
    }
    return map;
  }

  private AgentRule rule(Located given, String key, String path) {
    PolicyTree tree = tree(given, key);
    String where = Keys.join(path, key);
    String match = text(tree, "match", where);
    String agent = text(tree, "agent", where);
    if (match.isEmpty() == agent.isEmpty()) {
      problems.add(
          given.origin(),
          where,
          match.isEmpty()
              ? "needs either match (such as \"com.acme.*Agent#answer\") or agent (a name)"
              : "has both match and agent; keep one of them");
    }
    String wrong = match.isEmpty() ? null : AgentRule.wrongWith(match);
    if (wrong != null) {
      Located written = tree.entry("match");
      problems.add(written == null ? given.origin() : written.origin(), where, "match " + wrong);
    }
    List<String> known = new ArrayList<>(List.of("match", "agent", "name"));
    known.addAll(PolicySection.keys());
    PolicyTree policies = tree.without("match", "agent", "name");
    checkPolicies(policies, where, known);
    return new AgentRule(match, agent, text(tree, "name", where), policies);
  }

  private String text(PolicyTree tree, String key, String path) {
    Located given = tree.entry(key);
    if (given == null) {
      return "";
    }
    try {
      return (String) Scalars.convert(String.class, given, key);
    } catch (Misfit misfit) {
      report(misfit, path);
      return "";
    }
  }

  private void checkPolicies(PolicyTree tree, String path, List<String> known) {
    for (String key : tree.keys()) {
      PolicyType<?> type = PolicyTypes.ofKey(key);
      Located given = tree.entry(key);
      if (given == null || !known.contains(key)) {
        unknownKey(tree, key, path, known);
      } else if (given.value() instanceof PolicyTree policy) {
        if (type != null) {
          bind(type.record(), policy, type.defaults(), Keys.join(path, key), given.origin());
        }
      } else if (!PolicySection.isOff(given.value()) && !PolicySection.isOn(given.value())) {
        problems.add(
            given.origin(),
            path,
            key + " must be a map, on or off, but is " + YamlText.describe(given));
      }
    }
  }

  private static PolicyTree tree(Located given, String key) {
    if (given.value() == null) {
      return PolicyTree.empty();
    }
    if (given.value() instanceof PolicyTree tree) {
      return tree;
    }
    throw Misfit.of(key, "a map", given);
  }

  private boolean isOptional(Class<?> record, String key) {
    return optional.getOrDefault(record, List.of()).contains(key);
  }

  /** Returns the value of an absent collection; {@code null} for another type. */
  private static @Nullable Object empty(Class<?> type) {
    if (type == PolicySection.class) {
      return new PolicySection(PolicyTree.empty());
    }
    if (type == List.class) {
      return List.of();
    }
    return type == Map.class ? Map.of() : null;
  }
}
