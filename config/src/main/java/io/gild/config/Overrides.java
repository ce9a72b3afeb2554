package io.gild.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key that an environment variable, system property or agent argument means.
 *
 * <p>{@code GILD_TIERS_SMALL_MAX_COMPLEXITY}: an underscore may mean a dot or a dash, so the words
 * are matched against the keys that exist.
 */
final class Overrides {

  private record Found(List<String> path, Type type) {}

  private final Problems problems;

  Overrides(Problems problems) {
    this.problems = problems;
  }

  /** Reads variables that begin with {@code GILD_}. */
  PolicyTree environment(Map<String, String> environment) {
    PolicyTree tree = PolicyTree.empty();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      if (name.startsWith("GILD_")) {
        List<String> words = words(name.substring(5).toLowerCase(Locale.ROOT), '_');
        Origin origin = Origin.of("environment " + name);
        tree = lay(tree, words, '-', variable.getValue(), origin, name, false);
      }
    }
    return tree;
  }

  /** Reads properties that begin with {@code gild.}. */
  PolicyTree systemProperties(Map<String, String> properties, boolean strict) {
    PolicyTree tree = PolicyTree.empty();
    for (Map.Entry<String, String> property : properties.entrySet()) {
      String name = property.getKey();
      if (name.startsWith("gild.")) {
        Origin origin = Origin.of("system property " + name);
        List<String> words = words(name.substring(5), '.');
        tree = lay(tree, words, '.', property.getValue(), origin, name, strict);
      } else if (strict) {
        problems.add(Origin.of("system property " + name), "", "must begin with \"gild.\"");
      }
    }
    return tree;
  }

  PolicyTree arguments(Map<String, String> arguments) {
    PolicyTree tree = PolicyTree.empty();
    for (Map.Entry<String, String> argument : arguments.entrySet()) {
      String name = argument.getKey();
      Origin origin = Origin.of("agent argument " + name);
      tree = lay(tree, words(name, '.'), '.', argument.getValue(), origin, name, true);
    }
    return tree;
  }

  /**
   * @param strict whether an unknown name is a mistake; otherwise only one that is nearly right is,
   *     because other tools may use the prefix, too
   */
  private PolicyTree lay(
      PolicyTree tree,
      List<String> words,
      char joint,
      String value,
      Origin origin,
      String name,
      boolean strict) {
    Found found = find(words, joint);
    if (found != null) {
      return tree.with(found.path(), value(found.type(), value), origin);
    }
    List<String> absent = AbsentModules.pathOf(words, joint);
    if (absent != null) {
      return tree.with(absent, PlainText.of(value), origin);
    }
    String hint = didYouMean(name);
    if (strict || !hint.isEmpty()) {
      problems.add(origin, "", "unknown setting." + hint);
    }
    return tree;
  }

  private static @Nullable Found find(List<String> words, char joint) {
    for (List<Section<?>> sections : Sections.byKey().values()) {
      for (Section<?> section : sections) {
        Found found = below(section.key(), section.type(), words, joint);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static @Nullable Object value(Type type, String text) {
    if (type instanceof ParameterizedType) {
      List<String> items = words(text, ',');
      items.replaceAll(String::trim);
      items.removeIf(String::isEmpty);
      return items;
    }
    return PlainText.of(text);
  }

  private static @Nullable Found find(Type type, List<String> words, char joint) {
    if (words.isEmpty()) {
      return isLeaf(type) ? new Found(List.of(), type) : null;
    }
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == Map.class
          ? findInMap(generic.getActualTypeArguments()[1], words, joint)
          : null;
    }
    Class<?> raw = (Class<?>) type;
    if (raw == PolicySection.class) {
      return findPolicy(words, joint);
    }
    return raw.isRecord() && raw != AgentRule.class ? findInRecord(raw, words, joint) : null;
  }

  private static @Nullable Found findInRecord(Class<?> record, List<String> words, char joint) {
    for (RecordComponent component : record.getRecordComponents()) {
      Found found =
          below(Keys.kebab(component.getName()), component.getGenericType(), words, joint);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable Found findPolicy(List<String> words, char joint) {
    for (PolicyType<?> type : PolicyTypes.all()) {
      if (String.join("-", words).equals(type.key())) {
        return new Found(List.of(type.key()), Boolean.class);
      }
      Found found = below(type.key(), type.record(), words, joint);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable Found findInMap(Type type, List<String> words, char joint) {
    for (int length = 1; length < words.size(); length++) {
      Found found = find(type, words.subList(length, words.size()), joint);
      if (found != null) {
        return under(String.join(String.valueOf(joint), words.subList(0, length)), found);
      }
    }
    return null;
  }

  private static @Nullable Found below(String key, Type type, List<String> words, char joint) {
    int length = joint == '-' ? key.split("-").length : 1;
    if (length > words.size() || !key.equals(String.join("-", words.subList(0, length)))) {
      return null;
    }
    Found found = find(type, words.subList(length, words.size()), joint);
    return found == null ? null : under(key, found);
  }

  private static Found under(String key, Found found) {
    List<String> path = new ArrayList<>(List.of(key));
    path.addAll(found.path());
    return new Found(path, found.type());
  }

  private static boolean isLeaf(Type type) {
    return type instanceof ParameterizedType generic
        ? generic.getRawType() == List.class && generic.getActualTypeArguments()[0] == String.class
        : !((Class<?>) type).isRecord();
  }

  /** Splits a text without a regular expression. */
  private static List<String> words(String text, char separator) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
      words.add(text.substring(start, end));
      start = end + 1;
    }
    words.add(text.substring(start));
    return words;
  }

  /** Compares the name without its prefix, which is always right. */
  private static String didYouMean(String name) {
    List<String> paths = new ArrayList<>();
    for (List<Section<?>> sections : Sections.byKey().values()) {
      sections.forEach(section -> collect(section.key(), section.type(), paths));
    }
    String prefix = "";
    if (name.startsWith("GILD_")) {
      prefix = "GILD_";
      paths.replaceAll(path -> path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
    } else if (name.startsWith("gild.")) {
      prefix = "gild.";
    }
    String found = Suggestions.nearest(name.substring(prefix.length()), paths).orElse("");
    return found.isEmpty() ? "" : " Did you mean \"" + prefix + found + "\"?";
  }

  private static void collect(String path, Type type, List<String> paths) {
    if (type == PolicySection.class) {
      PolicyTypes.all().forEach(kind -> collect(Keys.join(path, kind.key()), kind.record(), paths));
    } else if (type instanceof Class<?> raw && raw.isRecord()) {
      for (RecordComponent component : raw.getRecordComponents()) {
        String below = Keys.join(path, Keys.kebab(component.getName()));
        collect(below, component.getGenericType(), paths);
      }
    } else if (isLeaf(type)) {
      paths.add(path);
    }
  }
}
