package io.gild.vectors;

import io.gild.config.Experimental;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the terms of a text, by which an index compares texts: words in lower case, without accents
 * on Latin letters, and English words as their stems, so that "Paintings" and "painted" are the
 * same term. The words of other languages are terms as they are; {@link TextWords} finds them in
 * every script. The same text always has the same terms.
 */
@Experimental
public final class TextTerms {

  /** A run of letters and digits with the end of an English contraction, if there is one. */
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:'(?:s|t|d|m|re|ve|ll)(?![\\p{L}\\p{M}\\p{N}]))?");

  private static final Pattern ACCENTS = Pattern.compile("(?<=\\p{IsLatin})\\p{Mn}+");
  private static final Pattern ENGLISH = Pattern.compile("[a-z]+");
  private static final Pattern PLAIN_ASCII = Pattern.compile("\\p{ASCII}*");
  private static final Pattern QUESTION = Pattern.compile("[?\uFF1F\u061F\u037E]\\W*$");
  private static final String POSSESSIVE = "'s";

  private TextTerms() {}

  /**
   * Returns all terms of a text.
   *
   * @param text any text
   * @return the terms in order, each as often as the text has it
   */
  public static List<String> of(String text) {
    List<String> terms = new ArrayList<>();
    for (String word : words(text)) {
      terms.add(term(word));
    }
    return terms;
  }

  /**
   * Returns the terms to search for: those of a query without English function words such as "what"
   * and "did", which occur in texts about anything. A query of function words alone keeps them.
   *
   * @param query any text
   * @return the terms in order, each once
   */
  public static Set<String> wanted(String query) {
    Set<String> wanted = new LinkedHashSet<>();
    for (String word : words(query)) {
      if (!FunctionWords.contain(word)) {
        wanted.add(term(word));
      }
    }
    return wanted.isEmpty() ? new LinkedHashSet<>(of(query)) : wanted;
  }

  /**
   * Returns whether a text ends as a question, by its mark in Latin, Chinese, Arabic or Greek.
   *
   * @param text any text
   * @return whether the last mark asks
   */
  public static boolean endsAsQuestion(String text) {
    return QUESTION.matcher(text).find();
  }

  private static List<String> words(String text) {
    return TextWords.of(normal(text), WORD);
  }

  private static String normal(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (PLAIN_ASCII.matcher(lower).matches()) {
      return lower;
    }
    String parts = Normalizer.normalize(lower.replace('\u2019', '\''), Normalizer.Form.NFKD);
    return Normalizer.normalize(ACCENTS.matcher(parts).replaceAll(""), Normalizer.Form.NFC);
  }

  private static String term(String word) {
    String plain =
        word.endsWith(POSSESSIVE) ? word.substring(0, word.length() - POSSESSIVE.length()) : word;
    return ENGLISH.matcher(plain).matches() ? PorterStemmer.stem(plain) : plain;
  }
}
