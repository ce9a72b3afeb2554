package io.gild.logging;

import io.gild.weaver.Foreign;
import io.gild.weaver.PrivateFields;
import java.util.HashMap;
import java.util.Map;

/**
 * Events of Logback 1.0 and later. An event keeps a copy of the thread's MDC, made when the copy is
 * first read; it gets one with the ids instead.
 */
final class Logback extends EventJoinPoint {

  static final String LOGGER = "ch/qos/logback/classic/Logger";
  static final String METHOD = "callAppenders";

  private static final String EVENT = "ch.qos.logback.classic.spi.LoggingEvent";

  Logback(LogIds ids) {
    super(ids);
  }

  @Override
  void add(Object event, Map<String, String> ids) {
    // An event that another JVM sent is of another class.
    if (!Foreign.is(event, EVENT)
        || !(Foreign.read(event, "getMDCPropertyMap") instanceof Map<?, ?> present)) {
      return;
    }
    Map<Object, Object> all = new HashMap<>(present);
    ids.forEach(all::putIfAbsent);
    PrivateFields.set(event, "mdcPropertyMap", all);
  }
}
