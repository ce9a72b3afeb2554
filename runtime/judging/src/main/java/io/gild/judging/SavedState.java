package io.gild.judging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a saved state, which may have been JSON meanwhile. */
final class SavedState {

  private SavedState() {}

  static Map<?, ?> map(Map<?, ?> state, String key) {
    if (state.get(key) instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong(key, "a map", state.get(key));
  }

  static List<?> list(Map<?, ?> state, String key) {
    if (state.get(key) instanceof List<?> list) {
      return list;
    }
    throw wrong(key, "a list", state.get(key));
  }

  static long whole(Map<?, ?> state, String key) {
    return (long) number(key, state.get(key));
  }

  static double[] numbers(Map<?, ?> state, String key, int size) {
    double[] numbers = numbers(state, key);
    if (numbers.length != size) {
      throw wrong(key, size + " numbers", state.get(key));
    }
    return numbers;
  }

  static double[] numbers(Map<?, ?> state, String key) {
    List<?> list = list(state, key);
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(key, list.get(i));
    }
    return numbers;
  }

  /** Finite doubles are the same after JSON; infinite ones become texts. */
  private static double number(String key, @Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException notOne) {
        throw wrong(key, "a number", value);
      }
    }
    throw wrong(key, "a number", value);
  }

  static List<Object> of(double... numbers) {
    List<Object> list = new ArrayList<>(numbers.length);
    for (double number : numbers) {
      list.add(number);
    }
    return list;
  }

  private static IllegalArgumentException wrong(
      String key, String expected, @Nullable Object found) {
    return new IllegalArgumentException(
        "state of a judge: %s must be %s, but is %s".formatted(key, expected, found));
  }
}
