package io.gild.semantic;

import io.gild.core.TextHash;
import io.gild.vectors.TextTerms;
import io.gild.vectors.TextWords;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A question with what its words say exactly: numbers, names, quotations, directions, negation. */
final class ComparedQuestion {

  private static final Pattern QUOTED =
      Pattern.compile("\"([^\"]+)\"|\u201c([^\u201d]+)\u201d|`([^`]+)`|(?<!\\S)'([^']+)'(?!\\w)");

  /** Runs that contain a digit or a sign of addresses, paths and identifiers. */
  private static final Pattern EXACT =
      Pattern.compile("(?=\\S*[\\p{N}@/\\\\_#$\u20ac\u00a3%&=+<>|{}^~])\\S*[^\\s.,;:!?)\\]\"']");

  private static final String POSSESSIVE = "'s";

  private static final Pattern SENTENCE_START = Pattern.compile("(?:^|[.!?:]\\s+)[\"'(]*");

  private final String text;
  private final long[] sequence;
  private final long[] words;
  private final long[] content;
  private final long[] spelled;
  private final Set<String> exact;
  private final Set<String> quoted;
  private final Set<String> names;
  private final Set<String> poles;
  private final boolean negated;
  private final boolean directed;

  private ComparedQuestion(String text, List<String> found) {
    this.text = text;
    this.sequence = hashes(TextTerms.of(text));
    this.words = Arrays.stream(sequence).sorted().distinct().toArray();
    this.content = hashes(TextTerms.wanted(text));
    this.spelled = found.stream().mapToLong(word -> TextHash.of(nominative(word))).toArray();
    Arrays.sort(spelled);
    this.exact = exact(text, found);
    this.quoted = quoted(text);
    this.names = names(text);
    Set<String> opposed = new HashSet<>();
    found.stream().filter(ClosedWords::hasOpposite).forEach(opposed::add);
    this.poles = Set.copyOf(opposed);
    this.negated = found.stream().anyMatch(ClosedWords::negates);
    this.directed = found.stream().anyMatch(ClosedWords::directs);
  }

  /** Returns {@code null} if the text cannot be compared safely. */
  static @Nullable ComparedQuestion of(String text, int mostCharacters) {
    if (text.length() > mostCharacters || QuestionText.isSuspicious(text)) {
      return null;
    }
    String composed = QuestionText.composed(text);
    List<String> words = TextWords.of(composed.toLowerCase(Locale.ROOT), TextWords.JOINED);
    return words.isEmpty() ? null : new ComparedQuestion(composed, words);
  }

  private static String nominative(String word) {
    return word.endsWith(POSSESSIVE) ? word.substring(0, word.length() - 2) : word;
  }

  private static long[] hashes(Collection<String> words) {
    return words.stream().mapToLong(TextHash::of).toArray();
  }

  private static Set<String> exact(String text, List<String> words) {
    Set<String> exact = new HashSet<>();
    Matcher matcher = EXACT.matcher(text);
    while (matcher.find()) {
      exact.add(matcher.group().toLowerCase(Locale.ROOT));
    }
    for (String word : words) {
      String number = ClosedWords.number(word);
      if (number != null) {
        exact.add(number);
      } else if (ClosedWords.dates(word)) {
        exact.add(word);
      }
    }
    return Set.copyOf(exact);
  }

  private static Set<String> quoted(String text) {
    Set<String> quoted = new HashSet<>();
    Matcher matcher = QUOTED.matcher(text);
    while (matcher.find()) {
      for (int group = 1; group <= matcher.groupCount(); group++) {
        if (matcher.group(group) != null) {
          quoted.add(matcher.group(group).toLowerCase(Locale.ROOT));
        }
      }
    }
    return Set.copyOf(quoted);
  }

  /** Returns capitalized words, except at the start of a sentence and in texts of capitals. */
  private static Set<String> names(String text) {
    if (text.equals(text.toUpperCase(Locale.ROOT))) {
      return Set.of();
    }
    Set<Integer> starts = new HashSet<>();
    Matcher start = SENTENCE_START.matcher(text);
    while (start.find()) {
      starts.add(start.end());
    }
    Set<String> names = new HashSet<>();
    Matcher word = TextWords.JOINED.matcher(text);
    while (word.find()) {
      boolean capital = Character.isUpperCase(word.group().codePointAt(0));
      boolean pronoun = word.group().equals("I") || word.group().startsWith("I'");
      if (capital && !pronoun && !starts.contains(word.start())) {
        names.add(nominative(word.group().toLowerCase(Locale.ROOT)));
      }
    }
    return Set.copyOf(names);
  }

  String text() {
    return text;
  }

  /** Returns hashes of the stems of all words in order; for reading only. */
  long[] sequence() {
    return sequence;
  }

  /** Returns hashes of the stems of all words that are not function words; for reading only. */
  long[] content() {
    return content;
  }

  /** Returns hashes of all different stems, sorted; for reading only. */
  long[] words() {
    return words;
  }

  boolean contains(long word) {
    return Arrays.binarySearch(words, word) >= 0;
  }

  boolean containsName(String name) {
    return Arrays.binarySearch(spelled, TextHash.of(name)) >= 0;
  }

  Set<String> exact() {
    return exact;
  }

  Set<String> quoted() {
    return quoted;
  }

  Set<String> names() {
    return names;
  }

  Set<String> poles() {
    return poles;
  }

  boolean isNegated() {
    return negated;
  }

  boolean isDirected() {
    return directed;
  }

  /** Returns about how many bytes this takes. */
  long weight() {
    return 300L + 2L * text.length() + 8L * (2L * sequence.length + words.length + content.length);
  }
}
