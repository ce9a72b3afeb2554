package io.gild.evaluation;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a judge's reply that states a verdict.
 *
 * @param start where it begins
 * @param end where it ends
 * @param passed the verdict; {@code null} if it is neither a pass nor a failure
 * @param reason why, in the judge's words; {@code null} if it comes before the verdict
 * @param isMarked whether it carries the id that only the judge knows
 */
record StatedVerdict(
    int start, int end, @Nullable Boolean passed, @Nullable String reason, boolean isMarked) {

  /** The words for a verdict. */
  static final String WORDS =
      "(?:pass(?:ed|es|ing)?|fail(?:ed|s|ing|ure)?|true|false|yes|no|correct|incorrect|1|0)";

  private static final Pattern WORD =
      Pattern.compile(
          "[\\p{P}\\p{S}\\s]*(?<not>(?:(?:it|does|did|do|is|was|a|an|the)\\s+)*(?:not|no|never)\\s+(?:an?\\s+)?)?(?<word>"
              + WORDS
              + ")[\\p{P}\\p{S}\\s]*",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

  StatedVerdict(int start, int end, @Nullable Boolean passed, @Nullable String reason) {
    this(start, end, passed, reason, false);
  }

  /** Returns the verdict in one or two words, such as {@code PASS} or {@code not a pass}. */
  static @Nullable Boolean read(String words) {
    Matcher matcher = WORD.matcher(words);
    if (!matcher.matches()) {
      return null;
    }
    String word = matcher.group("word").toLowerCase(Locale.ROOT);
    boolean yes =
        word.startsWith("pass")
            || word.equals("true")
            || word.equals("yes")
            || word.equals("correct")
            || word.equals("1");
    return yes == (matcher.group("not") == null);
  }

  /** Returns whether the reply contains nothing else, except a fence around it. */
  boolean isWhole(String reply) {
    String before = reply.substring(0, start).replaceFirst("^```\\w*", "");
    String after = reply.substring(end).replaceFirst("```$", "");
    return isMarks(before) && isMarks(after);
  }

  private static boolean isMarks(String text) {
    return text.chars().noneMatch(Character::isLetterOrDigit);
  }
}
