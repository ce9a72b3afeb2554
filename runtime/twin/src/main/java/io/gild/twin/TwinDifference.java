package io.gild.twin;

import io.gild.config.Experimental;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One difference between two twins.
 *
 * @param section such as {@code memory}, {@code session}, {@code policy} or {@code figure}
 * @param kind whether it came, went or changed
 * @param subject id of the memory, path of the policy and so on
 * @param before what the first twin has, shortened; empty if it is new
 * @param after what the second twin has, shortened; empty if it is gone
 */
@Experimental
public record TwinDifference(
    String section, Kind kind, String subject, String before, String after) {

  /** How something differs. */
  public enum Kind {
    /** Only the second twin has it. */
    ADDED,
    /** Only the first twin has it. */
    REMOVED,
    /** Both have it, with different content. */
    CHANGED
  }

  /**
   * Returns the difference for programs.
   *
   * @return texts by name
   */
  public Map<String, String> json() {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("section", section);
    json.put("kind", kind.name().toLowerCase(Locale.ROOT));
    json.put("subject", subject);
    json.put("before", before);
    json.put("after", after);
    return json;
  }

  @Override
  public String toString() {
    return switch (kind) {
      case ADDED -> "+ %s %s: %s".formatted(section, subject, after);
      case REMOVED -> "- %s %s: %s".formatted(section, subject, before);
      case CHANGED -> "~ %s %s: %s -> %s".formatted(section, subject, before, after);
    };
  }
}
