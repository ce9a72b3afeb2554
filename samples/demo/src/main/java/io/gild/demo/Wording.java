package io.gild.demo;

import java.util.List;
import java.util.Locale;

/** The ways in which customers put the same question, and the way back to the question. */
enum Wording {
  PLAIN("", ""),
  CAPITALISED("", "?") {
    @Override
    String of(String text) {
      return super.of(Character.toUpperCase(text.charAt(0)) + text.substring(1));
    }
  },
  SHOUTED("", "!!") {
    @Override
    String of(String text) {
      return super.of(text.toUpperCase(Locale.ROOT));
    }
  },
  SPACED("  ", " ") {
    @Override
    String of(String text) {
      return super.of(text.replace(" ", "  "));
    }
  },
  PLEASE("", ", please"),
  GREETING("Hi, ", ", thanks"),
  POLITE("Hello! Could you help me: ", "?");

  private static final List<String> PREFIXES = List.of("hi ", "hello could you help me ");
  private static final List<String> SUFFIXES = List.of(" please", " thanks");

  private final String prefix;
  private final String suffix;

  Wording(String prefix, String suffix) {
    this.prefix = prefix;
    this.suffix = suffix;
  }

  /** Puts a question into this wording. */
  String of(String text) {
    return prefix + text + suffix;
  }

  /** Returns a text without case, punctuation and surplus spaces. */
  static String normalised(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }

  /** Returns the question itself: normalised, and without any polite phrases. */
  static String question(String text) {
    String bare = normalised(text);
    String shorter = lessPolite(bare);
    while (!shorter.equals(bare)) {
      bare = shorter;
      shorter = lessPolite(bare);
    }
    return bare;
  }

  private static String lessPolite(String text) {
    for (String prefix : PREFIXES) {
      if (text.startsWith(prefix)) {
        return text.substring(prefix.length());
      }
    }
    for (String suffix : SUFFIXES) {
      if (text.endsWith(suffix)) {
        return text.substring(0, text.length() - suffix.length());
      }
    }
    return text;
  }
}
