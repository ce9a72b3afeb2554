package io.gild.config;

import io.gild.config.PolicyTree.Located;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Converts texts and numbers to the expected type. */
final class Scalars {

  private Scalars() {}

  /** Converts a value; throws {@link Misfit} if it is not of the type. */
  static Object convert(Class<?> type, Located given, String key) {
    Object value = given.value();
    if (value == null || value instanceof PolicyTree || value instanceof List<?>) {
      throw Misfit.of(key, noun(type), given);
    }
    String text = value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    try {
      if (type == String.class) {
        return text;
      }
      if (type == boolean.class) {
        return truth(text, key, given);
      }
      if (type == int.class || type == Integer.class) {
        return new BigDecimal(text).intValueExact();
      }
      if (type == long.class || type == Long.class) {
        return new BigDecimal(text).longValueExact();
      }
      if (type == BigDecimal.class) {
        return new BigDecimal(text);
      }
      if (type == double.class || type == Double.class) {
        return new BigDecimal(text).doubleValue();
      }
      if (type == float.class) {
        return new BigDecimal(text).floatValue();
      }
      if (type == Path.class) {
        return Path.of(text);
      }
    } catch (ArithmeticException | NumberFormatException | InvalidPathException e) {
      throw Misfit.of(key, noun(type), given);
    }
    if (type == LocalDate.class) {
      return day(text, key, given);
    }
    return type == Duration.class ? duration(text, key, given) : constant(type, text, key, given);
  }

  private static boolean truth(String text, String key, Located given) {
    return switch (text) {
      case "true", "on" -> true;
      case "false", "off" -> false;
      default -> throw Misfit.of(key, "true or false", given);
    };
  }

  private static Duration duration(String text, String key, Located given) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Misfit(key + " " + e.getMessage(), given);
    }
  }

  private static LocalDate day(String text, String key, Located given) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw Misfit.of(key, "a day such as 2026-12-31", given);
    }
  }

  private static Object constant(Class<?> type, String text, String key, Located given) {
    List<String> names = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      String name = Keys.kebab((Enum<?>) constant);
      if (name.equalsIgnoreCase(text.replace('_', '-'))) {
        return constant;
      }
      names.add(name);
    }
    String hint = Suggestions.didYouMean(text, names);
    throw new Misfit(
        key
            + " must be one of "
            + String.join(", ", names)
            + ", but is "
            + YamlText.describe(given)
            + (hint.isEmpty() ? "" : "." + hint),
        given);
  }

  private static String noun(Class<?> type) {
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number";
    }
    if (type == double.class
        || type == Double.class
        || type == float.class
        || type == BigDecimal.class) {
      return "a number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == Duration.class) {
      return "a duration";
    }
    return type == Path.class ? "a path" : "text";
  }
}
