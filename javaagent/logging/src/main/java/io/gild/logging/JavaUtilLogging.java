package io.gild.logging;

import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The text that formatters of {@code java.util.logging} make of a record. Records of that library
 * have no MDC, so the ids can only be a part of the text.
 */
final class JavaUtilLogging extends ResultJoinPoint {

  static final String FORMATTER = "java/util/logging/Formatter";
  static final String METHOD = "formatMessage";

  JavaUtilLogging(LogIds ids) {
    super(ids);
  }

  @Override
  Object with(Object result, @Nullable Object[] arguments, Map<String, String> ids) {
    StringJoiner text = new StringJoiner(" ", result + " [", "]");
    ids.forEach((key, value) -> text.add(key + "=" + value));
    return text.toString();
  }
}
