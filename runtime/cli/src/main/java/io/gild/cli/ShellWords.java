package io.gild.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes commands that a person can paste into a shell. */
final class ShellWords {

  private static final Pattern PLAIN = Pattern.compile("[\\w./:=,@%+-]+");

  private ShellWords() {}

  /** Joins words; words with {@code $}, spaces and similar characters are quoted. */
  static String join(List<String> words) {
    return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
  }

  private static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
