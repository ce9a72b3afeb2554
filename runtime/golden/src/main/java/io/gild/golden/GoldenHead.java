package io.gild.golden;

import io.gild.config.PolicyTree;
import io.gild.config.Require;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The plain values of a golden task; its components are keys of the file. */
record GoldenHead(
    String id,
    String agent,
    String description,
    @Nullable Double passScore,
    int repeats,
    @Nullable Duration timeout,
    List<String> tags) {

  private static final Pattern ID = Pattern.compile("[\\p{L}\\p{M}\\p{N}._-]+");

  /** The characters that JUnit rejects in a tag. */
  private static final Pattern NO_TAG = Pattern.compile("[\\p{Cntrl},()&|!]");

  private static final Pattern BLANK = Pattern.compile("\\s");

  static final PolicyTree DEFAULTS =
      PolicyTree.of(Map.of("agent", "", "description", "", "repeats", 0));

  GoldenHead {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          id.isEmpty()
              ? "id must not be empty"
              : "id must be made of letters, digits, dots, dashes and underscores, but is \""
                  + id
                  + "\"");
    }
    if (passScore != null) {
      Require.between(0, 1, passScore, "pass-score");
    }
    Require.between(0, 10_000, repeats, "repeats");
    if (timeout != null) {
      Require.positive(timeout, "timeout");
    }
    for (String tag : tags) {
      if (tag.isBlank() || BLANK.matcher(tag).find()) {
        throw new IllegalArgumentException(
            "tags must be texts without white space, but one is \"" + tag + "\"");
      }
      if (NO_TAG.matcher(tag).find()) {
        throw new IllegalArgumentException(
            "tags must be texts without any of , ( ) & | !, which JUnit rejects, but one is \""
                + tag
                + "\"");
      }
    }
  }
}
