package io.gild.config;

import java.util.List;

/**
 * A golden task as it is written, in an annotation or a file.
 *
 * @param id name, unique within the agent: letters, digits, dots, dashes, underscores
 * @param input one text per parameter
 * @param expected the answer that the validator compares with
 * @param validator how the answer is judged
 * @param threshold lowest similarity that passes; from 0 to 1
 * @param validatorClass binary name of the class that judges if the validator is custom; else empty
 * @param tags JUnit tags
 */
public record GoldenSpec(
    String id,
    List<String> input,
    String expected,
    String validator,
    double threshold,
    String validatorClass,
    List<String> tags) {

  /** The validators there are. */
  public static final List<String> VALIDATORS =
      List.of("exact", "contains", "regex", "similarity", "custom");

  /** Checks the values. */
  public GoldenSpec {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("id must not be empty");
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (!(Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_')) {
        throw new IllegalArgumentException(
            "id must be made of letters, digits, dots, dashes and underscores, but is \""
                + id
                + "\"");
      }
    }
    if (!VALIDATORS.contains(validator)) {
      throw new IllegalArgumentException(
          "validator must be one of "
              + String.join(", ", VALIDATORS)
              + ", but is \""
              + validator
              + "\"."
              + Suggestions.didYouMean(validator, VALIDATORS));
    }
    Require.between(0, 1, threshold, "threshold");
    for (String tag : tags) {
      if (tag.isBlank() || tag.chars().anyMatch(Character::isWhitespace)) {
        throw new IllegalArgumentException(
            "tags must be texts without white space, but one is \"" + tag + "\"");
      }
    }
    input = List.copyOf(input);
    tags = List.copyOf(tags);
  }
}
