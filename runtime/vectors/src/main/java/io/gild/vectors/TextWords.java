package io.gild.vectors;

import io.gild.config.Experimental;
import java.lang.Character.UnicodeScript;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the words of a text, in scripts with and without spaces between words: each character of
 * Chinese and Japanese is a word, Thai is split by the dictionary of the JDK, and in Lao, Khmer and
 * Burmese each character with its marks is a word.
 */
@Experimental
public final class TextWords {

  /** Runs of letters and digits. */
  public static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

  /** The same, joined by apostrophes and hyphens. */
  public static final Pattern JOINED =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['\u2019-][\\p{L}\\p{M}\\p{N}]+)*");

  private static final Locale THAI = Locale.forLanguageTag("th");

  private static final Set<UnicodeScript> BY_CHARACTER =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.YI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private TextWords() {}

  /**
   * Returns the words in order.
   *
   * @param text a composed text
   * @param runs the pattern of a word in scripts with spaces between words
   * @return the words
   */
  public static List<String> of(String text, Pattern runs) {
    List<String> words = new ArrayList<>();
    Matcher matcher = runs.matcher(text);
    while (matcher.find()) {
      split(matcher.group(), words);
    }
    return words;
  }

  private static void split(String run, List<String> words) {
    int start = 0;
    Kind kind = Kind.RUN;
    for (int at = 0; at < run.length(); ) {
      int character = run.codePointAt(at);
      Kind next = isMark(character) && at > start ? kind : kindOf(character);
      if (at > start && (next != kind || kind == Kind.CHARACTER && !isMark(character))) {
        add(run.substring(start, at), kind, words);
        start = at;
      }
      kind = next;
      at += Character.charCount(character);
    }
    add(run.substring(start), kind, words);
  }

  private static void add(String part, Kind kind, List<String> words) {
    if (kind != Kind.THAI) {
      words.add(part);
      return;
    }
    BreakIterator breaks = BreakIterator.getWordInstance(THAI);
    breaks.setText(part);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      words.add(part.substring(start, end));
      start = end;
    }
  }

  private enum Kind {
    RUN,
    CHARACTER,
    THAI
  }

  private static Kind kindOf(int character) {
    UnicodeScript script = UnicodeScript.of(character);
    if (script == UnicodeScript.THAI) {
      return Kind.THAI;
    }
    return BY_CHARACTER.contains(script) || isLengthMark(character) ? Kind.CHARACTER : Kind.RUN;
  }

  /** Japanese marks that Unicode assigns to no single script. */
  private static boolean isLengthMark(int character) {
    return character == 0x30FC || character == 0xFF70 || character == 0xFF9E || character == 0xFF9F;
  }

  private static boolean isMark(int character) {
    int type = Character.getType(character);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }
}
