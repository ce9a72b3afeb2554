package io.gild.semantic;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** English words of which another one of their kind changes the answer. */
final class ClosedWords {

  private static final Set<String> NEGATIONS =
      words(
          "no not never none nothing neither nor without cannot dont isnt cant wont didnt doesnt");

  private static final Set<String> DIRECTIONS =
      words("to from into than before after over under against by between versus vs minus");

  private static final Set<String> DATES =
      words(
          "monday tuesday wednesday thursday friday saturday sunday january february april june july"
              + " august september october november december today tomorrow yesterday tonight");

  private static final Map<String, String> NUMBERS = numbers();

  private static final Map<String, String> OPPOSITES =
      opposites(
          "on off open close opened closed increase decrease enable disable before after buy sell"
              + " minimum maximum highest lowest more less most least cheapest dearest up down start"
              + " stop add remove lock unlock first last oldest newest activate deactivate allow"
              + " forbid raise lower send receive deposit withdraw mute unmute accept reject include"
              + " exclude import export upload download subscribe unsubscribe true false win lose"
              + " arrive depart arrival departure borrow lend debit credit fahrenheit celsius"
              + " domestic international upgrade downgrade incoming outgoing hot cold early late");

  private ClosedWords() {}

  private static Set<String> words(String list) {
    return Set.of(list.split(" "));
  }

  private static Map<String, String> numbers() {
    String[] names =
        ("two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
                + " sixteen seventeen eighteen nineteen twenty")
            .split(" ");
    Map<String, String> numbers = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      numbers.put(names[i], Integer.toString(i + 2));
    }
    for (String large :
        "thirty forty fifty sixty seventy eighty ninety hundred thousand million".split(" ")) {
      numbers.put(large, large);
    }
    return Map.copyOf(numbers);
  }

  private static Map<String, String> opposites(String pairs) {
    String[] words = pairs.split(" ");
    Map<String, String> opposites = new HashMap<>();
    for (int i = 0; i < words.length; i += 2) {
      opposites.put(words[i], words[i + 1]);
      opposites.put(words[i + 1], words[i]);
    }
    return Map.copyOf(opposites);
  }

  static boolean negates(String word) {
    return NEGATIONS.contains(word) || word.endsWith("n't");
  }

  static boolean directs(String word) {
    return DIRECTIONS.contains(word);
  }

  static boolean dates(String word) {
    return DATES.contains(word);
  }

  /** Returns the digits of a written number, or {@code null}. */
  static @Nullable String number(String word) {
    return NUMBERS.get(word);
  }

  static boolean hasOpposite(String word) {
    return OPPOSITES.containsKey(word);
  }

  /** Returns whether one text has a word and the other one its opposite in its place. */
  static boolean oppose(Set<String> one, Set<String> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return false;
    }
    Set<String> only = new HashSet<>(one);
    only.removeAll(other);
    for (String word : only) {
      String opposite = OPPOSITES.get(word);
      if (opposite != null && other.contains(opposite) && !one.contains(opposite)) {
        return true;
      }
    }
    return false;
  }
}
