package io.gild.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * The token estimate of the loopback provider: one token for every four characters begun, at least
 * one.
 *
 * <p>It is no tokenizer. It is close to one for English text and, above all, the same for everybody
 * who counts: what the provider bills, what it streams piece by piece and what a test expects.
 */
public final class Tokens {

  private static final int CHARACTERS_PER_TOKEN = 4;

  private Tokens() {}

  /** Returns the number of tokens of a text: characters / 4, rounded up, at least 1. */
  public static int estimate(String text) {
    return Math.max(1, (text.length() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN);
  }

  /**
   * Cuts a text into pieces of one token each; joined they are the text again. A surrogate pair is
   * never torn, so that every piece survives its own encoding.
   */
  static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>(estimate(text));
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + CHARACTERS_PER_TOKEN);
      if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
        to++;
      }
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces.isEmpty() ? List.of("") : pieces;
  }

  /** Returns the beginning of a text that holds at most the given number of tokens. */
  static String truncate(String text, int tokens) {
    List<String> pieces = pieces(text);
    return pieces.size() <= tokens ? text : String.join("", pieces.subList(0, tokens));
  }
}
