package io.gild.console;

import org.jspecify.annotations.Nullable;

/**
 * Gives equal names one text, so that a recording of many calls holds few. ShortNames are cut at
 * {@value #LONGEST} characters; their control characters are data. Of the names that share a place,
 * the last one is remembered: any number of names needs no more room. Thread-safe, since a text is
 * immutable, and a lost one is only made again.
 */
final class ShortNames {

  static final int LONGEST = 200;

  private static final int PLACES = 2_048;

  private final @Nullable String[] known = new @Nullable String[PLACES];

  /** Returns the one text of a name. */
  @Nullable String of(@Nullable String name) {
    if (name == null) {
      return null;
    }
    int hash = name.hashCode();
    int place = (hash ^ hash >>> 16) & PLACES - 1;
    String same = known[place];
    if (same != null && same.equals(name)) {
      return same;
    }
    String cut = cut(name);
    known[place] = cut;
    return cut;
  }

  /** Returns at most the first {@value #LONGEST} characters of a text, without half a character. */
  static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end);
  }
}
