package io.gild.logging;

import io.gild.weaver.Foreign;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The context data of Log4j 2.7 and later, which the thread that logs puts into each event through
 * an injector.
 */
final class Log4jTwo extends ResultJoinPoint {

  static final Set<String> INJECTORS =
      Set.of(
          "org/apache/logging/log4j/core/impl/ThreadContextDataInjector$ForDefaultThreadContextMap",
          "org/apache/logging/log4j/core/impl/ThreadContextDataInjector$ForCopyOnWriteThreadContextMap",
          "org/apache/logging/log4j/core/impl/ThreadContextDataInjector$ForGarbageFreeThreadContextMap");
  static final String METHOD = "injectContextData";

  private static final String MAP = "org.apache.logging.log4j.util.SortedArrayStringMap";

  Log4jTwo(LogIds ids) {
    super(ids);
  }

  @Override
  Object with(Object result, @Nullable Object[] arguments, Map<String, String> ids)
      throws Throwable {
    // Any other map than the event's own may belong to the thread, or to all threads.
    boolean owned =
        result == arguments[1] && !Boolean.TRUE.equals(Foreign.read(result, "isFrozen"));
    Object data = owned ? result : Foreign.make(result, MAP, "new", result);
    for (Map.Entry<String, String> id : ids.entrySet()) {
      if (!Boolean.TRUE.equals(Foreign.call(data, "containsKey", id.getKey()))) {
        Foreign.call(data, "putValue", id.getKey(), id.getValue());
      }
    }
    return data;
  }
}
