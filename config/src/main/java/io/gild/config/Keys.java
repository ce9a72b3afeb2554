package io.gild.config;

import java.util.Locale;

/** Spells the keys of configuration: attributes, components and constants in kebab case. */
@Experimental
public final class Keys {

  private Keys() {}

  /**
   * Spells a name of Java as a key.
   *
   * @param camel a name such as {@code maxAttempts}
   * @return a key such as {@code max-attempts}
   */
  public static String kebab(String camel) {
    StringBuilder kebab = new StringBuilder(camel.length() + 4);
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      if (Character.isUpperCase(c) && i > 0) {
        kebab.append('-');
      }
      kebab.append(Character.toLowerCase(c));
    }
    return kebab.toString();
  }

  /**
   * Spells a constant as a value.
   *
   * @param constant a constant such as {@code COST_TRACKED}
   * @return a word such as {@code cost-tracked}
   */
  public static String kebab(Enum<?> constant) {
    return kebabOfConstant(constant.name());
  }

  /**
   * Spells a constant that is known by name as a value.
   *
   * @param constant a name such as {@code COST_TRACKED}
   * @return a word such as {@code cost-tracked}
   */
  public static String kebabOfConstant(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Joins a path and a key below it.
   *
   * @param path keys from the top, with dots between them; empty for the top
   * @param key the key
   * @return the key's path
   */
  public static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
