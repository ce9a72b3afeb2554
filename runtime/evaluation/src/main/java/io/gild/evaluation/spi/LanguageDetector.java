package io.gild.evaluation.spi;

import java.util.Map;

/**
 * Detects the language of a text; the first one that {@link java.util.ServiceLoader} finds is used.
 * Thread-safe.
 */
@FunctionalInterface
public interface LanguageDetector {

  /**
   * Guesses the language of a text.
   *
   * @param text the text
   * @return how likely each language is, from 0 to 1, by its ISO 639-1 code; empty if the text
   *     gives no hint
   */
  Map<String, Double> detect(String text);
}
