package io.gild.evaluation;

import io.gild.config.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A verdict that a model wrote: the JSON it was asked for, alone or among other text, or a sentence
 * that begins with the verdict, such as {@code True, because it names the days}.
 */
record JudgeReply(boolean passed, String reason) {

  private static final String WORDS =
      "(pass(?:ed|es)?|fail(?:ed|s)?|true|false|yes|no|correct|incorrect|1|0)";
  private static final Pattern OBJECT = Pattern.compile("\\{[^{}]*\\}");
  private static final Pattern FIRST_WORD =
      Pattern.compile(
          "^[\\W_]*(?:(?:final )?(?:verdict|answer|result|decision|grade)[\\W_]*(?:is[\\W_]*)?)?"
              + WORDS
              + "\\b(?![-'\u2019])[\\s,.:;!*_-]*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LAST_LINE =
      Pattern.compile(
          "(?:verdict|decision|grade)[\\W_]*(?:is[\\W_]*)?" + WORDS + "[\\W_]*$",
          Pattern.CASE_INSENSITIVE);

  /** Reads a reply; empty if it is no verdict. */
  static Optional<JudgeReply> of(String text) {
    Optional<JudgeReply> json = ofJson(text);
    if (json.isPresent()) {
      return json;
    }
    Matcher first = FIRST_WORD.matcher(text);
    if (first.find()) {
      return Optional.of(
          new JudgeReply(isYes(first.group(1)), text.substring(first.end()).strip()));
    }
    Matcher last = LAST_LINE.matcher(text.strip());
    return last.find()
        ? Optional.of(
            new JudgeReply(isYes(last.group(1)), text.strip().substring(0, last.start()).strip()))
        : Optional.empty();
  }

  /** Takes the last object that holds a verdict: models that think aloud decide at the end. */
  private static Optional<JudgeReply> ofJson(String text) {
    Optional<JudgeReply> found = Optional.empty();
    Matcher objects = OBJECT.matcher(text);
    while (objects.find()) {
      try {
        if (Json.read(objects.group()) instanceof Map<?, ?> map && map.get("verdict") != null) {
          String word = map.get("verdict").toString().strip();
          if (word.toLowerCase(Locale.ROOT).matches(WORDS)) {
            Object reason = map.get("reason");
            found =
                Optional.of(
                    new JudgeReply(isYes(word), reason == null ? "" : reason.toString().strip()));
          }
        }
      } catch (IllegalArgumentException e) {
        // braces, but no JSON
      }
    }
    return found;
  }

  private static boolean isYes(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.startsWith("pass")
        || lower.equals("true")
        || lower.equals("yes")
        || lower.equals("correct")
        || lower.equals("1");
  }
}
