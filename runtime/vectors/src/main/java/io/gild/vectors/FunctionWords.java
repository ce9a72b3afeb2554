package io.gild.vectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/**
 * English words that join or refer, and say nothing about a subject: pronouns, articles,
 * prepositions, conjunctions, auxiliary verbs, question words. "May" is none of them, because it is
 * a month.
 */
final class FunctionWords {

  private static final Set<String> WORDS = read("function-words.txt");

  private FunctionWords() {}

  static boolean contain(String word) {
    return WORDS.contains(word);
  }

  private static Set<String> read(String name) {
    try (InputStream in = FunctionWords.class.getResourceAsStream(name)) {
      byte[] text = Objects.requireNonNull(in, name).readAllBytes();
      return Set.of(new String(text, StandardCharsets.UTF_8).strip().split("\\s+"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
