package io.gild.gates;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The word-by-word difference of two texts, by their longest common subsequence of words.
 *
 * @param parts the parts of the texts, in order
 */
record WordDiff(List<Part> parts) {

  /** Longer texts are not compared: the table of the comparison grows with their product. */
  private static final int MOST_WORDS = 600;

  private static final Pattern WORD = Pattern.compile("\\s+|[\\p{L}\\p{N}_]+|.", Pattern.DOTALL);

  /** The side of a part. */
  enum Side {
    BOTH,
    EXPECTED,
    GOT
  }

  /** A part. */
  record Part(Side side, String text) {}

  static WordDiff of(String expected, String got) {
    List<String> left = words(expected);
    List<String> right = words(got);
    List<Part> parts = new ArrayList<>();
    if (left.size() > MOST_WORDS || right.size() > MOST_WORDS) {
      add(parts, Side.EXPECTED, expected);
      add(parts, Side.GOT, got);
      return new WordDiff(parts);
    }
    int[][] common = common(left, right);
    int i = 0;
    int j = 0;
    while (i < left.size() || j < right.size()) {
      if (i < left.size() && j < right.size() && left.get(i).equals(right.get(j))) {
        add(parts, Side.BOTH, left.get(i++));
        j++;
      } else if (j == right.size() || (i < left.size() && common[i + 1][j] >= common[i][j + 1])) {
        add(parts, Side.EXPECTED, left.get(i++));
      } else {
        add(parts, Side.GOT, right.get(j++));
      }
    }
    return new WordDiff(parts);
  }

  private static int[][] common(List<String> left, List<String> right) {
    int[][] common = new int[left.size() + 1][right.size() + 1];
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        common[i][j] =
            left.get(i).equals(right.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  /** Merges a part with the last one of its side. */
  private static void add(List<Part> parts, Side side, String text) {
    int last = parts.size() - 1;
    if (last >= 0 && parts.get(last).side() == side) {
      parts.set(last, new Part(side, parts.get(last).text() + text));
    } else if (!text.isEmpty()) {
      parts.add(new Part(side, text));
    }
  }

  private static List<String> words(String text) {
    return WORD.matcher(text).results().map(MatchResult::group).toList();
  }
}
