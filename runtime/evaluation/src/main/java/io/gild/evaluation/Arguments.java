package io.gild.evaluation;

import java.util.Arrays;

/** Turns the texts of golden tasks into arguments. */
final class Arguments {

  private Arguments() {}

  static Object convert(String text, Class<?> type) {
    if (type.isAssignableFrom(String.class)) {
      return text;
    }
    if (type == int.class || type == Integer.class) {
      return Integer.valueOf(text);
    }
    if (type == long.class || type == Long.class) {
      return Long.valueOf(text);
    }
    if (type == double.class || type == Double.class) {
      return Double.valueOf(text);
    }
    if (type == float.class || type == Float.class) {
      return Float.valueOf(text);
    }
    if (type == boolean.class || type == Boolean.class) {
      return Boolean.valueOf(text);
    }
    if (type == short.class || type == Short.class) {
      return Short.valueOf(text);
    }
    if (type == byte.class || type == Byte.class) {
      return Byte.valueOf(text);
    }
    if ((type == char.class || type == Character.class) && text.length() == 1) {
      return text.charAt(0);
    }
    if (type.isEnum()) {
      return constant(text, type);
    }
    throw new IllegalArgumentException(
        "A golden task cannot give a "
            + type.getName()
            + "; it gives texts, numbers and constants");
  }

  private static Object constant(String text, Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(type.getName() + " has no constant " + text));
  }
}
