package io.gild.watching;

import io.gild.weaver.AgentOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Options of recording and replay.
 *
 * @param file the cassette
 * @param replay whether it is replayed, not recorded
 * @param mostBytes maximum size of a recording
 * @param patterns regular expressions of texts that are scrubbed in addition to known secrets
 * @param personal whether personal data is scrubbed
 * @param ignored pointers of values that may differ in a replay
 */
public record TapeOptions(
    Path file,
    boolean replay,
    long mostBytes,
    List<String> patterns,
    boolean personal,
    List<String> ignored) {

  private static final long DEFAULT_MOST_BYTES = 256L * 1024 * 1024;

  /**
   * Reads the options.
   *
   * @param options those of the agent
   * @param problems receives a line for each mistake
   * @return the options; null if nothing is recorded or replayed
   */
  public static @Nullable TapeOptions of(AgentOptions options, List<String> problems) {
    String record = either(options.get("record"), "gild.record");
    String replay = either(options.get("replay"), "gild.replay");
    if (record == null && replay == null) {
      return null;
    }
    if (record != null && replay != null) {
      problems.add("record and replay exclude each other; replaying " + replay + ".");
    }
    String file = replay == null ? record : replay;
    List<String> patterns = patterns(problems);
    return patterns == null
        ? null
        : new TapeOptions(
            Path.of(file == null ? "" : file),
            replay != null,
            Math.max(1, Long.getLong("gild.record.max-bytes", DEFAULT_MOST_BYTES)),
            patterns,
            Boolean.parseBoolean(options.get("scrub-pii"))
                || Boolean.getBoolean("gild.record.scrub-pii"),
            split(System.getProperty("gild.replay.ignore")));
  }

  private static @Nullable String either(@Nullable String option, String property) {
    return option == null ? System.getProperty(property) : option;
  }

  private static @Nullable List<String> patterns(List<String> problems) {
    String pattern = System.getProperty("gild.record.scrub", "");
    if (pattern.isEmpty()) {
      return List.of();
    }
    try {
      return List.of(Pattern.compile(pattern).pattern());
    } catch (PatternSyntaxException wrong) {
      problems.add(
          "gild.record.scrub is not a regular expression, so nothing is recorded: "
              + wrong.getDescription()
              + " near index "
              + wrong.getIndex()
              + " of "
              + pattern);
      return null;
    }
  }

  private static List<String> split(@Nullable String list) {
    List<String> parts = new ArrayList<>();
    if (list != null) {
      for (String part : list.split(";")) {
        if (!part.isBlank()) {
          parts.add(part.trim());
        }
      }
    }
    return parts;
  }
}
