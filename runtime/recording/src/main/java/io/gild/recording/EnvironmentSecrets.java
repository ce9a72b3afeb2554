package io.gild.recording;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The values of environment variables that are secrets: the name ends with a word for a secret, and
 * the value is not a plain word, which would occur in many texts.
 */
final class EnvironmentSecrets {

  private static final int SHORTEST = 8;
  private static final int LONG = 20;
  private static final int FEWEST_DIFFERENT = 5;

  private EnvironmentSecrets() {}

  /** Returns the secrets, the longest first. */
  static List<String> of(Map<String, String> environment) {
    Set<String> secrets = new HashSet<>();
    environment.forEach((name, value) -> {
      if (isSecret(name) && isRandom(value)) {
        secrets.add(value);
      }
    });
    return secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  private static boolean isSecret(String name) {
    SecretName announced = SecretName.of(name);
    String upper = name.toUpperCase(Locale.ROOT);
    return announced == SecretName.STRONG
        || announced == SecretName.WEAK
        || upper.endsWith("_KEY")
        || upper.endsWith("_AUTH");
  }

  /**
   * Returns whether a value is long enough, and neither a word, a number, a path nor an address.
   */
  private static boolean isRandom(String value) {
    if (value.length() < SHORTEST
        || value.chars().distinct().count() < FEWEST_DIFFERENT
        || value.startsWith("/") && value.indexOf('=') < 0
        || value.contains("://")
        || value.chars().anyMatch(c -> c <= ' ')) {
      return false;
    }
    boolean letters = value.chars().anyMatch(Character::isLetter);
    boolean letter = value.chars().allMatch(Character::isLetter);
    boolean digits = value.chars().anyMatch(Character::isDigit);
    boolean mixed = letter && isMixed(value);
    return value.length() >= LONG || letters && (digits || mixed || !letter);
  }

  /** Returns whether upper case follows lower case, which no plain word has. */
  private static boolean isMixed(String value) {
    for (int i = 1; i < value.length(); i++) {
      if (Character.isUpperCase(value.charAt(i)) && Character.isLowerCase(value.charAt(i - 1))) {
        return true;
      }
    }
    return false;
  }
}
