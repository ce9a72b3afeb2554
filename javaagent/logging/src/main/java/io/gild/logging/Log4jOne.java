package io.gild.logging;

import io.gild.weaver.Foreign;
import java.util.Map;

/** Events of Log4j 1.2.15 and later, and of Reload4j, which keep properties of their own. */
final class Log4jOne extends EventJoinPoint {

  static final String LOGGER = "org/apache/log4j/Category";
  static final String METHOD = "callAppenders";

  Log4jOne(LogIds ids) {
    super(ids);
  }

  @Override
  void add(Object event, Map<String, String> ids) throws Throwable {
    Foreign.read(event, "getProperties"); // copies the thread's MDC, which the event reads later
    for (Map.Entry<String, String> id : ids.entrySet()) {
      if (isAbsent(event, id.getKey())) {
        Foreign.call(event, "setProperty", id.getKey(), id.getValue());
      }
    }
  }

  @SuppressWarnings("ConstantValue") // a foreign method may return null
  private static boolean isAbsent(Object event, String key) throws Throwable {
    return Foreign.call(event, "getMDC", key) == null;
  }
}
