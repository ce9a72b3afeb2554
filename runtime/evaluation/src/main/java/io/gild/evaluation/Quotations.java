package io.gild.evaluation;

import java.util.Locale;
import java.util.regex.Pattern;

/** Detects verdicts that a judge may have copied from the text that it judges. */
final class Quotations {

  private static final Pattern WHITE = Pattern.compile("\\s+");

  /** A shorter text, such as {@code Yes.}, occurs anywhere by chance. */
  private static final int SHORTEST = 8;

  private final String judged;

  Quotations(String judged) {
    this.judged = folded(judged);
  }

  /** Returns whether a verdict also occurs, with some context, in the judged text. */
  boolean hold(StatedVerdict verdict, String reply) {
    String stated = folded(reply.substring(verdict.start(), verdict.end()));
    if (stated.length() < SHORTEST) {
      int end = Math.min(reply.length(), Math.max(verdict.end(), verdict.start() + 4 * SHORTEST));
      stated = folded(reply.substring(verdict.start(), end));
    }
    return stated.length() >= SHORTEST && judged.contains(stated);
  }

  private static String folded(String text) {
    return WHITE.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
