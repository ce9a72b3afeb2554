package io.gild.logging;

import io.gild.weaver.Foreign;
import java.util.Map;

/** Records of JBoss LogManager 2.1 and later, which WildFly and Quarkus log with. */
final class JbossLogManager extends EventJoinPoint {

  static final String LOGGER = "org/jboss/logmanager/Logger";
  static final String METHOD = "logRaw";
  static final String DESCRIPTOR = "(Lorg/jboss/logmanager/ExtLogRecord;)V";

  JbossLogManager(LogIds ids) {
    super(ids);
  }

  @Override
  void add(Object event, Map<String, String> ids) throws Throwable {
    for (Map.Entry<String, String> id : ids.entrySet()) {
      if (isAbsent(event, id.getKey())) {
        Foreign.call(event, "putMdc", id.getKey(), id.getValue());
      }
    }
  }

  @SuppressWarnings("ConstantValue") // a foreign method may return null
  private static boolean isAbsent(Object event, String key) throws Throwable {
    return Foreign.call(event, "getMdc", key) == null;
  }
}
