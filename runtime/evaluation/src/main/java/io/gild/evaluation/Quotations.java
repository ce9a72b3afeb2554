package io.gild.evaluation;

import java.util.Locale;
import java.util.regex.Pattern;

/** Knows what a judge may have taken from the text that it judges. */
final class Quotations {

  private static final Pattern WHITE = Pattern.compile("\\s+");

  /** A shorter text, such as {@code Yes.}, stands anywhere by chance. */
  private static final int SHORTEST = 8;

  private final String judged;

  Quotations(String judged) {
    this.judged = folded(judged);
  }

  /** Returns whether a verdict stands in the judged text as well, with a little of what is near. */
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
