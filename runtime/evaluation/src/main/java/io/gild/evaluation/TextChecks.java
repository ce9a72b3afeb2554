package io.gild.evaluation;

import io.gild.evaluation.spi.Verdict;
import io.gild.golden.AnswerCheck;
import io.gild.vectors.TextWords;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges the letters of an answer, which is a composed text. */
final class TextChecks {

  private static final Pattern WHITE = Pattern.compile("[\\s\\p{Z}]+");

  private TextChecks() {}

  static Verdict exact(AnswerCheck.Exact check, String answer) {
    String wanted = fold(check.text(), check.ignoreCase(), check.normalize());
    String given = fold(answer, check.ignoreCase(), check.normalize());
    return Verdict.of(
        given.equals(wanted), "the answer is not the expected text" + difference(wanted, given));
  }

  static Verdict contains(AnswerCheck.Contains check, String answer) {
    String wanted = fold(check.text(), check.ignoreCase(), check.normalize());
    String given = fold(answer, check.ignoreCase(), check.normalize());
    return Verdict.of(given.contains(wanted), "the answer does not contain the expected text");
  }

  static Verdict regex(AnswerCheck.Regex check, String answer) {
    try {
      Matcher matcher =
          Pattern.compile(Composed.of(check.pattern())).matcher(new BoundedText(answer));
      return Verdict.of(
          check.whole() ? matcher.matches() : matcher.find(),
          check.whole()
              ? "the pattern does not match the whole answer"
              : "the pattern is not found in the answer");
    } catch (BoundedText.TooManySteps | StackOverflowError endless) {
      return Verdict.judgeFailed("the pattern needs too many steps on this answer; simplify it");
    }
  }

  static Verdict length(AnswerCheck.Length check, String answer) {
    long length =
        switch (check.unit()) {
          case CHARACTERS -> answer.codePointCount(0, answer.length());
          case WORDS -> TextWords.of(answer, TextWords.JOINED).size();
          case LINES -> answer.lines().filter(line -> !line.isBlank()).count();
        };
    String unit = check.unit().name().toLowerCase(Locale.ROOT);
    Long max = check.max();
    if (length < check.min()) {
      return Verdict.fail("has %d %s, fewer than %d".formatted(length, unit, check.min()));
    }
    return Verdict.of(
        max == null || length <= max, "has %d %s, more than %d".formatted(length, unit, max));
  }

  /** Normalizes a text for comparison. */
  static String fold(String text, boolean ignoreCase, boolean normalize) {
    String folded = Composed.of(text);
    if (normalize) {
      folded = Normalizer.normalize(folded, Normalizer.Form.NFKC);
      folded = WHITE.matcher(folded).replaceAll(" ").strip();
    }
    // Upper case first: some letters, such as the German sharp s, have no upper case of one letter.
    return ignoreCase ? folded.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT) : folded;
  }

  private static String difference(String wanted, String given) {
    int at = 0;
    while (at < Math.min(wanted.length(), given.length())
        && wanted.charAt(at) == given.charAt(at)) {
      at++;
    }
    return at == 0 ? "" : "; they differ after \"" + tail(given, at) + "\"";
  }

  private static String tail(String text, int end) {
    return text.substring(Math.max(0, end - 20), end);
  }
}
