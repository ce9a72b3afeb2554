package io.gild.language;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Detects languages by their letters alone; the detector is weak on short ones. */
final class Scripts {

  private static final Map<UnicodeScript, String> LANGUAGES =
      Map.of(
          UnicodeScript.HIRAGANA, "ja",
          UnicodeScript.KATAKANA, "ja",
          UnicodeScript.HAN, "zh",
          UnicodeScript.HANGUL, "ko",
          UnicodeScript.THAI, "th",
          UnicodeScript.GREEK, "el",
          UnicodeScript.HEBREW, "he",
          UnicodeScript.ARMENIAN, "hy",
          UnicodeScript.GEORGIAN, "ka");

  /** Japanese mixes its own letters with Chinese ones. */
  private static final double ENOUGH_KANA = 0.1;

  private Scripts() {}

  /** Returns the language of a text most of whose letters belong to one language. */
  static Optional<String> language(String text) {
    Map<UnicodeScript, Integer> counts = new EnumMap<>(UnicodeScript.class);
    text.codePoints()
        .filter(Character::isLetter)
        .forEach(letter -> counts.merge(UnicodeScript.of(letter), 1, Integer::sum));
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    int kana =
        counts.getOrDefault(UnicodeScript.HIRAGANA, 0)
            + counts.getOrDefault(UnicodeScript.KATAKANA, 0);
    int han = counts.getOrDefault(UnicodeScript.HAN, 0);
    if ((kana + han) * 2 > all && kana > ENOUGH_KANA * all) {
      return Optional.of("ja");
    }
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() * 2 > all && LANGUAGES.containsKey(entry.getKey()))
        .map(entry -> LANGUAGES.get(entry.getKey()))
        .findFirst();
  }
}
