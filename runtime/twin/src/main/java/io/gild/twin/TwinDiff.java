package io.gild.twin;

import io.gild.config.Experimental;
import io.gild.twin.TwinContent.Item;
import io.gild.twin.TwinDifference.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How two twins, or a twin and the live agent, differ. How often and when a memory was used, when a
 * session expires, and how often a model was asked is not compared.
 *
 * @param differences section by section
 * @param notCompared sections that one side does not have, and why
 */
@Experimental
public record TwinDiff(List<TwinDifference> differences, List<String> notCompared) {

  /** The sections, and the name under which a twin says that it does not have one. */
  private static final Map<String, String> SECTIONS = new LinkedHashMap<>();

  static {
    SECTIONS.put("agent", "");
    SECTIONS.put("method", "methods");
    SECTIONS.put("policy", "methods");
    SECTIONS.put("setting", "");
    SECTIONS.put("model", "models seen in calls");
    SECTIONS.put("prompt", "prompts");
    SECTIONS.put("memory", "memories");
    SECTIONS.put("experience", "memories");
    SECTIONS.put("session", "sessions");
    SECTIONS.put("breaker", "breakers");
    SECTIONS.put("figure", "figures");
  }

  /** Copies the lists. */
  public TwinDiff {
    differences = List.copyOf(differences);
    notCompared = List.copyOf(notCompared);
  }

  /**
   * Compares two agents.
   *
   * @param before the first one
   * @param after the second one
   * @return the differences
   * @throws TwinException if one cannot be read
   */
  public static TwinDiff of(TwinSource before, TwinSource after) {
    TwinContent one = TwinContent.of(before);
    TwinContent other = TwinContent.of(after);
    List<TwinDifference> differences = new ArrayList<>();
    List<String> notCompared = new ArrayList<>();
    SECTIONS.forEach((section, absent) -> {
      String missing = missing(absent, before.twin(), after.twin());
      if (missing == null) {
        compare(section, one.section(section), other.section(section), differences);
      } else {
        String sentence = "Not compared: " + absent + ", because " + missing + ".";
        if (!notCompared.contains(sentence)) {
          notCompared.add(sentence);
        }
      }
    });
    return new TwinDiff(differences, notCompared);
  }

  private static @Nullable String missing(String section, Twin before, Twin after) {
    String first = before.absent().get(section);
    return first != null ? "the first twin has none: " + first : second(section, after);
  }

  private static @Nullable String second(String section, Twin after) {
    String why = after.absent().get(section);
    return why == null ? null : "the second twin has none: " + why;
  }

  private static void compare(
      String section,
      Map<String, Item> before,
      Map<String, Item> after,
      List<TwinDifference> into) {
    TreeSet<String> subjects = new TreeSet<>(before.keySet());
    subjects.addAll(after.keySet());
    for (String subject : subjects) {
      Item old = before.get(subject);
      Item now = after.get(subject);
      if (old == null && now != null) {
        into.add(new TwinDifference(section, Kind.ADDED, subject, "", now.text()));
      } else if (old != null && now == null) {
        into.add(new TwinDifference(section, Kind.REMOVED, subject, old.text(), ""));
      } else if (old != null && now != null && !old.digest().equals(now.digest())) {
        into.add(new TwinDifference(section, Kind.CHANGED, subject, old.text(), changed(old, now)));
      }
    }
  }

  private static String changed(Item old, Item now) {
    int more = now.messages() - old.messages();
    if (now.messages() < 0) {
      return now.text();
    }
    return more == 0
        ? now.text() + " (other content)"
        : "%s (%d %s)".formatted(now.text(), Math.abs(more), more > 0 ? "more" : "less");
  }

  /**
   * Returns whether the agents are the same in all that was compared.
   *
   * @return {@code true} if there is no difference
   */
  public boolean isEmpty() {
    return differences.isEmpty();
  }

  /**
   * Returns the differences for programs.
   *
   * @return lists of objects and texts
   */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("differences", differences.stream().map(TwinDifference::json).toList());
    json.put("not-compared", notCompared);
    return json;
  }
}
