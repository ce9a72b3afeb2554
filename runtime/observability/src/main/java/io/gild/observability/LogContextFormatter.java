package io.gild.observability;

import io.gild.config.Experimental;
import java.util.Map;
import java.util.StringJoiner;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * Formats records of {@code java.util.logging} as {@link SimpleFormatter} does, and appends the
 * {@linkplain LogContext ids} of the thread's call to the message: {@code [gild.agent=support
 * gild.method=answer gild.call=7]}.
 *
 * <p>For applications without a javaagent, in {@code logging.properties}:
 *
 * <pre>{@code
 * java.util.logging.ConsoleHandler.formatter = io.gild.observability.LogContextFormatter
 * }</pre>
 *
 * <p>The ids are those of the thread that formats; a handler that formats on another thread has
 * none. Thread-safe.
 */
@Experimental
public final class LogContextFormatter extends SimpleFormatter {

  /** Creates the formatter; a handler does. */
  public LogContextFormatter() {}

  @Override
  public String formatMessage(LogRecord record) {
    String message = super.formatMessage(record);
    Map<String, String> ids = LogContext.current();
    if (ids.isEmpty()) {
      return message;
    }
    StringJoiner text = new StringJoiner(" ", message + " [", "]");
    ids.forEach((key, value) -> text.add(key + "=" + value));
    return text.toString();
  }
}
