package io.gild.cost;

import java.util.Locale;
import java.util.Set;

/**
 * Estimates how hard a prompt is, from its form alone; takes about a microsecond and no model.
 *
 * <p>Sum of four shares: length (0.4, full at 120 words), words that request reasoning (0.3, full
 * at three), parts such as several questions or listed items (0.15, full at four), and formal
 * content such as code, formulas and figures (0.15, full at an eighth of all characters). Length
 * carries most weight because length alone explains most of the decisions of prompt-only routers.
 */
final class Complexity {

  private static final int LONG_WORDS = 120;
  private static final int MANY_REASONS = 3;
  private static final int MANY_PARTS = 4;
  private static final double FORMAL_SHARE = 0.125;

  private static final Set<String> REASONING =
      Set.of(
          "why",
          "explain",
          "compare",
          "analyze",
          "analyse",
          "evaluate",
          "derive",
          "prove",
          "design",
          "difference",
          "differences",
          "recommend",
          "strategy",
          "plan",
          "calculate",
          "estimate",
          "because",
          "although",
          "however",
          "unless",
          "whether",
          "should",
          "assuming",
          "trade-off",
          "versus",
          "step-by-step",
          "pros",
          "cons",
          "impact",
          "cause",
          "refactor",
          "debug");

  private Complexity() {}

  /**
   * Estimates a prompt.
   *
   * @param prompt the text
   * @return from 0, trivial, to 1
   */
  static double of(String prompt) {
    int words = 0;
    int reasons = 0;
    int parts = 0;
    int formal = 0;
    int wordStart = -1;
    int length = prompt.length();
    for (int i = 0; i <= length; i++) {
      char c = i < length ? prompt.charAt(i) : ' ';
      if (Character.isLetter(c) || c == '-' || c == '\'') {
        wordStart = wordStart < 0 ? i : wordStart;
      } else if (wordStart >= 0) {
        words++;
        if (REASONING.contains(prompt.substring(wordStart, i).toLowerCase(Locale.ROOT))) {
          reasons++;
        }
        wordStart = -1;
      }
      if (c == '?' || c == '\n' || c == ';') {
        parts++;
      } else if (Character.isDigit(c) || "{}[]()<>=+*/\\^|$#@_`".indexOf(c) >= 0) {
        formal++;
      }
    }
    return 0.4 * share(words, LONG_WORDS)
        + 0.3 * share(reasons, MANY_REASONS)
        + 0.15 * share(Math.max(0, parts - 1), MANY_PARTS)
        + 0.15 * share(formal, Math.max(1, length * FORMAL_SHARE));
  }

  private static double share(double value, double full) {
    return Math.min(1, value / full);
  }
}
