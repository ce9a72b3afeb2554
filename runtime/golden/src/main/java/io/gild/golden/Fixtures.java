package io.gild.golden;

import io.gild.config.Json;
import io.gild.config.PolicyTree;
import io.gild.config.PolicyTree.Located;
import io.gild.config.Problems;
import io.gild.config.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values that several golden tasks share, by name: {@code ${name}} in any text of a task is
 * replaced by the value, and {@code $${name}} by a literal {@code ${name}}.
 */
final class Fixtures {

  static final Fixtures NONE = new Fixtures(Map.of(), new Problems());

  private static final Pattern REFERENCE =
      Pattern.compile("(\\$?)\\$\\{([A-Za-z][A-Za-z0-9._-]*)\\}");

  private final Map<String, Located> values;
  private final Problems problems;

  private Fixtures(Map<String, Located> values, Problems problems) {
    this.values = values;
    this.problems = problems;
  }

  /**
   * Reads the section; a value {@code {file: path}} is the text of that file.
   *
   * @param files returns the text of a file, or {@code null} if there is none
   */
  static Fixtures read(
      PolicyTree section, Function<String, @Nullable String> files, Problems problems) {
    Map<String, Located> values = new LinkedHashMap<>();
    for (String name : section.keys()) {
      Located entry = section.entry(name);
      if (entry != null) {
        values.put(name, value(name, entry, files, problems));
      }
    }
    return new Fixtures(values, problems);
  }

  private static Located value(
      String name, Located entry, Function<String, @Nullable String> files, Problems problems) {
    if (!(entry.value() instanceof PolicyTree tree)
        || tree.keys().size() != 1
        || !(tree.get("file") instanceof String path)) {
      return entry;
    }
    String text = files.apply(path);
    if (text == null) {
      problems.add(
          entry.origin(),
          "fixtures." + name,
          "file \"" + path + "\" is not among the resources. Put it beside the file of the tasks.");
      return new Located("", entry.key(), entry.origin());
    }
    return new Located(text, entry.key(), entry.origin());
  }

  /** Puts the fixtures into a value, to any depth. */
  Located into(Located located, String path) {
    if (values.isEmpty()) {
      return located;
    }
    Object value = located.value();
    if (value instanceof String text) {
      return text(text, located, path);
    }
    if (value instanceof List<?> list) {
      List<Located> items = new ArrayList<>();
      list.forEach(item -> items.add(into((Located) item, path)));
      return new Located(List.copyOf(items), located.key(), located.origin());
    }
    if (value instanceof PolicyTree tree) {
      Map<String, Located> entries = new LinkedHashMap<>();
      for (String key : tree.keys()) {
        Located entry = tree.entry(key);
        if (entry != null) {
          entries.put(key, into(entry, path));
        }
      }
      return new Located(new PolicyTree(entries), located.key(), located.origin());
    }
    return located;
  }

  private Located text(String text, Located located, String path) {
    Matcher references = REFERENCE.matcher(text);
    if (references.matches() && references.group(1).isEmpty()) {
      Located whole = find(references.group(2), located, path);
      return new Located(whole.value(), located.key(), located.origin());
    }
    String replaced =
        references
            .reset()
            .replaceAll(found ->
                Matcher.quoteReplacement(
                    found.group(1).isEmpty()
                        ? inText(find(found.group(2), located, path))
                        : found.group().substring(1)));
    return new Located(replaced, located.key(), located.origin());
  }

  private static String inText(Located fixture) {
    Object plain = PolicyTree.plain(fixture.value());
    return plain instanceof String text ? text : Json.write(plain);
  }

  private Located find(String name, Located at, String path) {
    Located found = values.get(name);
    if (found != null) {
      return found;
    }
    String hint = Suggestions.didYouMean(name, values.keySet());
    problems.add(
        at.origin(),
        path,
        "names fixture \""
            + name
            + "\", which is not among fixtures."
            + (hint.isEmpty() ? " Write $${" + name + "} if that is plain text." : hint));
    return new Located("", at.key(), at.origin());
  }
}
