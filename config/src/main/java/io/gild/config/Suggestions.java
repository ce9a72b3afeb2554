package io.gild.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses the intended spelling of a misspelled word. */
@Experimental
public final class Suggestions {

  private Suggestions() {}

  /**
   * Returns the candidate nearest to a word.
   *
   * @param word the word as it was written
   * @param candidates the words that would have been right
   * @return the candidate with the smallest Damerau-Levenshtein distance, case ignored; empty if
   *     more than a third of the word, or more than three letters, would have to change
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    String nearest = null;
    int smallest = Math.min(3, Math.max(1, (word.length() + 1) / 3)) + 1;
    for (String candidate : candidates) {
      int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < smallest) {
        smallest = distance;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /**
   * Returns a closing sentence with the nearest candidate.
   *
   * @param word the word as it was written
   * @param candidates the words that would have been right
   * @return {@code " Did you mean "small"?"} with a leading blank, or the empty string
   */
  public static String didYouMean(String word, Collection<String> candidates) {
    return nearest(word, candidates)
        .map(candidate -> " Did you mean \"" + candidate + "\"?")
        .orElse("");
  }

  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
