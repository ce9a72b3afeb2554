package io.gild.config;

import java.util.Locale;

/** Spells keys and paths of keys. */
final class Paths {

  private Paths() {}

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Turns {@code maxAttempts} into {@code max-attempts}. */
  static String kebab(String camel) {
    StringBuilder kebab = new StringBuilder(camel.length() + 4);
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      if (Character.isUpperCase(c)) {
        kebab.append('-');
      }
      kebab.append(Character.toLowerCase(c));
    }
    return kebab.toString();
  }

  /** Turns {@code COST_TRACKED} into {@code cost-tracked}. */
  static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
