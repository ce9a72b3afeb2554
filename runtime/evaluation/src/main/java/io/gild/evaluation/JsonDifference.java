package io.gild.evaluation;

import io.gild.config.Json;
import io.gild.golden.AnswerCheck;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists the places, as JSON pointers, where two plain values differ. */
final class JsonDifference {

  private final boolean allowExtra;
  private final boolean anyOrder;
  private final BigDecimal tolerance;

  JsonDifference(AnswerCheck.Json check) {
    this(check.allowExtra(), check.anyOrder(), check.tolerance());
  }

  JsonDifference(boolean allowExtra, boolean anyOrder, BigDecimal tolerance) {
    this.allowExtra = allowExtra;
    this.anyOrder = anyOrder;
    this.tolerance = tolerance;
  }

  List<String> between(@Nullable Object wanted, @Nullable Object given) {
    List<String> found = new ArrayList<>();
    compare("", wanted, given, found);
    return found;
  }

  private void compare(
      String path, @Nullable Object wanted, @Nullable Object given, List<String> found) {
    if (wanted instanceof Map<?, ?> expected && given instanceof Map<?, ?> actual) {
      compareMaps(path, expected, actual, found);
    } else if (wanted instanceof List<?> expected && given instanceof List<?> actual) {
      compareLists(path, expected, actual, found);
    } else if (!isSame(wanted, given)) {
      found.add(
          "%s: expected %s, got %s"
              .formatted(path.isEmpty() ? "/" : path, shown(wanted), shown(given)));
    }
  }

  private void compareMaps(String path, Map<?, ?> wanted, Map<?, ?> given, List<String> found) {
    wanted.forEach((key, value) -> {
      String below = path + "/" + key;
      if (given.containsKey(key)) {
        compare(below, value, given.get(key), found);
      } else {
        found.add(below + ": is missing");
      }
    });
    if (!allowExtra) {
      given.forEach((key, value) -> {
        if (!wanted.containsKey(key)) {
          found.add(path + "/" + key + ": is not expected");
        }
      });
    }
  }

  private void compareLists(String path, List<?> wanted, List<?> given, List<String> found) {
    if (wanted.size() != given.size()) {
      found.add(
          "%s: expected %d items, got %d"
              .formatted(path.isEmpty() ? "/" : path, wanted.size(), given.size()));
      return;
    }
    if (!anyOrder) {
      for (int i = 0; i < wanted.size(); i++) {
        compare(path + "/" + i, wanted.get(i), given.get(i), found);
      }
      return;
    }
    int[] matched = matching(wanted, given);
    for (int i = 0; i < wanted.size(); i++) {
      if (matched[i] < 0) {
        found.add(path + "/" + i + ": " + shown(wanted.get(i)) + " is not in the list");
      }
    }
  }

  /**
   * Pairs as many items as possible (augmenting paths), because with a tolerance several may fit.
   */
  private int[] matching(List<?> wanted, List<?> given) {
    int[] ofWanted = new int[wanted.size()];
    int[] ofGiven = new int[given.size()];
    Arrays.fill(ofWanted, -1);
    Arrays.fill(ofGiven, -1);
    for (int i = 0; i < wanted.size(); i++) {
      pair(i, wanted, given, ofWanted, ofGiven, new boolean[given.size()]);
    }
    return ofWanted;
  }

  private boolean pair(
      int index, List<?> wanted, List<?> given, int[] ofWanted, int[] ofGiven, boolean[] seen) {
    for (int j = 0; j < given.size(); j++) {
      if (!seen[j] && between(wanted.get(index), given.get(j)).isEmpty()) {
        seen[j] = true;
        if (ofGiven[j] < 0 || pair(ofGiven[j], wanted, given, ofWanted, ofGiven, seen)) {
          ofWanted[index] = j;
          ofGiven[j] = index;
          return true;
        }
      }
    }
    return false;
  }

  private boolean isSame(@Nullable Object wanted, @Nullable Object given) {
    if (wanted instanceof Number expected && given instanceof Number actual) {
      BigDecimal a = Numbers.exact(expected);
      BigDecimal b = Numbers.exact(actual);
      return a != null && b != null && a.subtract(b).abs().compareTo(tolerance) <= 0;
    }
    return wanted == null ? given == null : wanted.equals(given);
  }

  private static String shown(@Nullable Object value) {
    String text = Json.write(value);
    return text.length() > 80 ? text.substring(0, 80) + "..." : text;
  }
}
