package io.gild.vectors;

/**
 * Reduces English words to their stems: M. F. Porter, "An algorithm for suffix stripping", Program
 * 14(3), 1980. The names of the steps are those of the paper.
 */
final class PorterStemmer {

  private static final String[][] STEP_2 = {
    {"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"}, {"anci", "ance"}, {"izer", "ize"},
    {"abli", "able"}, {"alli", "al"}, {"entli", "ent"}, {"eli", "e"}, {"ousli", "ous"},
    {"ization", "ize"}, {"ation", "ate"}, {"ator", "ate"}, {"alism", "al"}, {"iveness", "ive"},
    {"fulness", "ful"}, {"ousness", "ous"}, {"aliti", "al"}, {"iviti", "ive"}, {"biliti", "ble"},
  };

  private static final String[][] STEP_3 = {
    {"icate", "ic"},
    {"ative", ""},
    {"alize", "al"},
    {"iciti", "ic"},
    {"ical", "ic"},
    {"ful", ""},
    {"ness", ""},
  };

  /** Of two endings that fit, the longer one is first. */
  private static final String[] STEP_4 = {
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou",
    "ism", "ate", "iti", "ous", "ive", "ize",
  };

  private PorterStemmer() {}

  /**
   * Returns the stem.
   *
   * @param word a word of the letters a to z
   * @return its stem; a word of one or two letters is its own
   */
  static String stem(String word) {
    if (word.length() < 3) {
      return word;
    }
    String stem = step1c(step1b(step1a(word)));
    return step5(step4(replaced(replaced(stem, STEP_2), STEP_3)));
  }

  private static String step1a(String word) {
    if (word.endsWith("sses") || word.endsWith("ies")) {
      return cut(word, 2);
    }
    return word.endsWith("s") && !word.endsWith("ss") ? cut(word, 1) : word;
  }

  private static String step1b(String word) {
    if (word.endsWith("eed")) {
      return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
    }
    int ending = word.endsWith("ed") ? 2 : word.endsWith("ing") ? 3 : 0;
    String stem = cut(word, ending);
    return ending > 0 && hasVowel(stem) ? withItsEnd(stem) : word;
  }

  /** Restores the end that a stem has without "ed" or "ing": hop(ping), fil(e). */
  private static String withItsEnd(String stem) {
    if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
      return stem + "e";
    }
    if (endsWithDoubleConsonant(stem)) {
      return "lsz".indexOf(last(stem)) < 0 ? cut(stem, 1) : stem;
    }
    return measure(stem) == 1 && endsShort(stem) ? stem + "e" : stem;
  }

  private static String step1c(String word) {
    return word.endsWith("y") && hasVowel(cut(word, 1)) ? cut(word, 1) + "i" : word;
  }

  /** Replaces the longest ending that fits, if it follows a vowel and a consonant. */
  private static String replaced(String word, String[][] endings) {
    String[] longest = null;
    for (String[] ending : endings) {
      if (word.endsWith(ending[0])
          && (longest == null || ending[0].length() > longest[0].length())) {
        longest = ending;
      }
    }
    if (longest == null) {
      return word;
    }
    String stem = cut(word, longest[0].length());
    return measure(stem) > 0 ? stem + longest[1] : word;
  }

  private static String step4(String word) {
    for (String ending : STEP_4) {
      if (word.endsWith(ending)) {
        String stem = cut(word, ending.length());
        boolean fits = !ending.equals("ion") || stem.endsWith("s") || stem.endsWith("t");
        return fits && measure(stem) > 1 ? stem : word;
      }
    }
    return word;
  }

  private static String step5(String word) {
    String stem = word;
    if (word.endsWith("e")) {
      String rest = cut(word, 1);
      int measure = measure(rest);
      stem = measure > 1 || measure == 1 && !endsShort(rest) ? rest : word;
    }
    return stem.endsWith("ll") && measure(cut(stem, 1)) > 1 ? cut(stem, 1) : stem;
  }

  /** Returns how many times a consonant follows a vowel: the paper's m. */
  private static int measure(String stem) {
    int measure = 0;
    for (int i = 1; i < stem.length(); i++) {
      if (isConsonant(stem, i) && !isConsonant(stem, i - 1)) {
        measure++;
      }
    }
    return measure;
  }

  private static boolean hasVowel(String stem) {
    for (int i = 0; i < stem.length(); i++) {
      if (!isConsonant(stem, i)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the stem ends as "hop" or "fil" does: the paper's *o. */
  private static boolean endsShort(String stem) {
    int end = stem.length() - 1;
    return end >= 2
        && isConsonant(stem, end)
        && !isConsonant(stem, end - 1)
        && isConsonant(stem, end - 2)
        && "wxy".indexOf(last(stem)) < 0;
  }

  private static boolean endsWithDoubleConsonant(String stem) {
    int end = stem.length() - 1;
    return end >= 1 && stem.charAt(end) == stem.charAt(end - 1) && isConsonant(stem, end);
  }

  /** A y is a vowel after a consonant. */
  private static boolean isConsonant(String word, int at) {
    char letter = word.charAt(at);
    if (letter == 'y') {
      return at == 0 || !isConsonant(word, at - 1);
    }
    return "aeiou".indexOf(letter) < 0;
  }

  private static char last(String stem) {
    return stem.charAt(stem.length() - 1);
  }

  private static String cut(String word, int letters) {
    return word.substring(0, word.length() - letters);
  }
}
