package io.gild.golden;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The languages of ISO 639-1. */
final class Languages {

  private static final Set<String> CODES = Set.of(Locale.getISOLanguages());

  /** Countries whose codes are often confused with those of their languages. */
  private static final Map<String, String> COUNTRIES =
      Map.of(
          "br", "pt", "cn", "zh", "cz", "cs", "dk", "da", "gb", "en", "gr", "el", "jp", "ja", "ua",
          "uk", "us", "en", "at", "de");

  private Languages() {}

  static boolean isKnown(String code) {
    return CODES.contains(code);
  }

  /** Returns a closing sentence with the nearest code; empty if none is near. */
  static String didYouMean(String given) {
    String lower = given.strip().toLowerCase(Locale.ROOT);
    String country = COUNTRIES.get(lower);
    if (country != null) {
      return guess(country);
    }
    String first = lower.split("[-_]", 2)[0];
    if (CODES.contains(first)) {
      return guess(first);
    }
    for (String code : CODES) {
      Locale language = Locale.forLanguageTag(code);
      if (language.getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT).equals(lower)
          || language.getDisplayLanguage(language).toLowerCase(Locale.ROOT).equals(lower)
          || language.getISO3Language().equals(lower)) {
        return guess(code);
      }
    }
    return "";
  }

  private static String guess(String code) {
    return " Did you mean \"" + code + "\"?";
  }
}
