package io.gild.routing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What can be read from a prompt's form and words at once, each from about 0 to 1. Immutable. */
final class PromptFeatures {

  private static final List<String> FORM =
      List.of(
          "words",
          "length",
          "digits",
          "symbols",
          "questions",
          "lines",
          "word length",
          "sentence length",
          "capitals",
          "variety",
          "negations",
          "upper case",
          "arithmetic",
          "numbers");

  /** The longest part of a prompt that is read, in characters. */
  private static final int READ = 20_000;

  private static final String SYMBOLS =
      "{}[]()<>=+*/\\^|$#@_`~\u2200\u2203\u2192\u2283\u00b7\u2261\u2228";

  private static final Set<String> NEGATIONS =
      Set.of("not", "except", "least", "never", "no", "without", "neither", "nor", "cannot");

  /** Names of the features, in the order of their values. */
  static final List<String> NAMES = names();

  private static final Map<String, Integer> TOPICS = topics();

  private final double[] values;
  private final Set<String> words;

  private PromptFeatures(double[] values, Set<String> words) {
    this.values = values;
    this.words = words;
  }

  /** Reads a prompt; only its first 20,000 characters count. */
  static PromptFeatures of(String prompt) {
    return new Reader(prompt).read();
  }

  double value(int index) {
    return values[index];
  }

  /** Returns the number of words, at most the number of those that were read. */
  double logWords() {
    return values[0];
  }

  /** Returns the different words in lower case. */
  Set<String> words() {
    return words;
  }

  private static List<String> names() {
    List<String> names = new java.util.ArrayList<>(FORM);
    for (Topic topic : Topic.values()) {
      names.add(topic.name().toLowerCase(Locale.ROOT) + " words");
    }
    return List.copyOf(names);
  }

  private static Map<String, Integer> topics() {
    Map<String, Integer> bits = new HashMap<>();
    for (Topic topic : Topic.values()) {
      for (String word : topic.words()) {
        bits.merge(word, 1 << topic.ordinal(), (a, b) -> a | b);
      }
    }
    return bits;
  }

  /** Reads one prompt in one pass. */
  private static final class Reader {

    private final String text;
    private final int[] topics = new int[Topic.values().length];
    private final Set<String> words = new HashSet<>();
    private int wordCount;
    private int letters;
    private int capitals;
    private int upperCase;
    private int negations;
    private int digits;
    private int symbols;
    private int questions;
    private int lines;
    private int sentences;
    private int numbers;
    private boolean arithmetic;

    Reader(String prompt) {
      this.text = prompt.length() <= READ ? prompt : prompt.substring(0, READ);
    }

    PromptFeatures read() {
      int start = -1;
      for (int i = 0; i <= text.length(); i++) {
        char c = i < text.length() ? text.charAt(i) : ' ';
        boolean inWord = Character.isLetter(c) || start >= 0 && (c == '\'' || c == '-');
        if (inWord) {
          start = start < 0 ? i : start;
        } else if (start >= 0) {
          word(text.substring(start, i));
          start = -1;
        }
        character(c, i);
      }
      return new PromptFeatures(values(), words);
    }

    private void character(char c, int at) {
      if (c >= '0' && c <= '9') {
        digits++;
        if (at == 0 || !isDigit(at - 1)) {
          numbers++;
          arithmetic |= followsOperator(at);
        }
      } else if (c == '?') {
        questions++;
      } else if (c == '\n') {
        lines++;
      } else if (SYMBOLS.indexOf(c) >= 0) {
        symbols++;
      }
      boolean end = c == '.' || c == '!' || c == '?';
      if (end && (at + 1 >= text.length() || Character.isWhitespace(text.charAt(at + 1)))) {
        sentences++;
      }
    }

    private boolean isDigit(int at) {
      return at >= 0 && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    /** Returns whether a number comes right behind another one and an operator. */
    private boolean followsOperator(int at) {
      int back = at - 1;
      while (back >= 0 && Character.isWhitespace(text.charAt(back))) {
        back--;
      }
      if (back < 0 || "-+*/=^".indexOf(text.charAt(back)) < 0) {
        return false;
      }
      back--;
      while (back >= 0 && Character.isWhitespace(text.charAt(back))) {
        back--;
      }
      return isDigit(back);
    }

    private void word(String word) {
      boolean first = wordCount++ == 0;
      letters += word.length();
      if (!first && word.length() > 1 && Character.isUpperCase(word.charAt(0))) {
        capitals++;
      }
      String lower = word.toLowerCase(Locale.ROOT);
      if (word.length() > 3 && word.equals(word.toUpperCase(Locale.ROOT)) && !word.equals(lower)) {
        upperCase++;
      }
      words.add(lower);
      if (NEGATIONS.contains(lower)) {
        negations++;
      }
      Integer bits = TOPICS.get(lower);
      for (int topic = 0; bits != null && topic < topics.length; topic++) {
        if ((bits & 1 << topic) != 0) {
          topics[topic]++;
        }
      }
    }

    private double[] values() {
      double n = Math.max(1, wordCount);
      double length = Math.max(1, text.length());
      double[] values = new double[NAMES.size()];
      values[0] = Math.log1p(wordCount) / 6;
      values[1] = share(wordCount, 300);
      values[2] = share(digits, length / 10);
      values[3] = share(symbols, length / 20);
      values[4] = share(questions, 3);
      values[5] = share(lines, 10);
      values[6] = share(letters / n, 10);
      values[7] = share(n / Math.max(1, sentences), 40);
      values[8] = capitals / n;
      values[9] = words.size() / n;
      values[10] = share(negations, 3);
      values[11] = share(upperCase, 2);
      values[12] = arithmetic ? 1 : 0;
      values[13] = share(numbers, 8);
      for (int topic = 0; topic < topics.length; topic++) {
        values[FORM.size() + topic] = share(topics[topic], n / 8);
      }
      return values;
    }

    private static double share(double value, double full) {
      return Math.min(1, value / full);
    }
  }
}
