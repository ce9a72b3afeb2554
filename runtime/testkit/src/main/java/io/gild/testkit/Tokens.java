package io.gild.testkit;

import io.gild.config.Experimental;
import java.util.ArrayList;
import java.util.List;

/**
 * The token estimate of the loopback provider: one token per four characters, rounded up, at least
 * one.
 *
 * <p>It is not a tokenizer. It is close to one for English text, and it is the same everywhere: for
 * the provider's bill, for its streamed chunks and for the expectation of a test.
 */
@Experimental
public final class Tokens {

  private static final int CHARACTERS_PER_TOKEN = 4;

  private Tokens() {}

  /** Returns the number of tokens of a text: characters / 4, rounded up, at least 1. */
  public static int estimate(String text) {
    return Math.max(1, (text.length() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN);
  }

  /**
   * Cuts a text into chunks of one token each; joined, they are the text again. A surrogate pair is
   * never split, so that every chunk can be encoded.
   */
  static List<String> chunks(String text) {
    List<String> chunks = new ArrayList<>(estimate(text));
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + CHARACTERS_PER_TOKEN);
      if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
        to++;
      }
      chunks.add(text.substring(from, to));
      from = to;
    }
    return chunks.isEmpty() ? List.of("") : chunks;
  }

  /** Returns the beginning of a text with at most the given number of tokens. */
  static String truncate(String text, int tokens) {
    List<String> chunks = chunks(text);
    return chunks.size() <= tokens ? text : String.join("", chunks.subList(0, tokens));
  }
}
