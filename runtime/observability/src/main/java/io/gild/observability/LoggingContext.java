package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.gild.core.MethodScope;
import io.gild.core.spi.ContextCarrier;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/**
 * The ids of one call in SLF4J's MDC, for applications without a javaagent, which adds them to the
 * events instead. A key that the application has set keeps its value, also when the call ends.
 *
 * <p>One call has one of these; each thread that works for the call puts the ids and removes them.
 */
final class LoggingContext {

  /** Carries the ids to the threads on which attempts run. */
  static final class Carrier implements ContextCarrier {

    @Override
    public Captured capture() {
      LoggingContext ids = around(AgentCall.current());
      return ids == null ? () -> () -> {} : ids::put;
    }
  }

  private final Map<String, String> ids;
  private final @Nullable LoggingContext around;
  private final Thread thread = Thread.currentThread();
  private @Nullable Runnable removal;

  private LoggingContext(Map<String, String> ids, @Nullable LoggingContext around) {
    this.ids = ids;
    this.around = around;
  }

  /** Returns whether calls of a method put their ids into the MDC. */
  static boolean isUsed(MethodScope method) {
    LogContextSettings settings = method.runtime().settings().get(LogContextSettings.SECTION);
    return settings.logContext()
        && settings.logContextMdc()
        && !HostClasses.attached()
        && isPresent();
  }

  private static boolean isPresent() {
    try {
      return Slf4j.isPresent();
    } catch (LinkageError absent) {
      return false;
    }
  }

  /** Puts the ids of a call that begins on this thread. */
  static LoggingContext begin(AgentCall call) {
    LoggingContext begun = new LoggingContext(LogContext.of(call, true), around(call.parent()));
    if (call.asynchronous()) {
      call.carry(begun::put);
    } else {
      begun.removal = begun.putHere();
    }
    return begun;
  }

  private static @Nullable LoggingContext around(@Nullable AgentCall innermost) {
    for (AgentCall call = innermost; call != null; call = call.parent()) {
      LoggingContext ids = call.slot(LoggingContext.class);
      if (ids != null) {
        return ids;
      }
    }
    return null;
  }

  /** Removes the ids; a call that ends on another thread has left nothing there. */
  void end() {
    Runnable present = removal;
    if (present != null && thread == Thread.currentThread()) {
      removal = null;
      present.run();
    }
  }

  /**
   * Puts the ids on the call's thread; a fault of the application's logging must not touch the
   * span.
   */
  private @Nullable Runnable putHere() {
    try {
      return put();
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Putting ids into the MDC", fault);
      return null;
    }
  }

  private Runnable put() {
    Map<String, @Nullable String> before = new LinkedHashMap<>();
    try {
      replaceAll(before);
    } catch (RuntimeException | LinkageError fault) {
      restoreAll(before); // what is put already would stay on the thread
      throw fault;
    }
    return () -> restoreAll(before);
  }

  private void replaceAll(Map<String, @Nullable String> before) {
    ids.forEach((key, value) -> replace(key, value, before));
    if (around != null) {
      for (String key : around.ids.keySet()) {
        if (!ids.containsKey(key)) {
          replace(key, null, before);
        }
      }
    }
  }

  private void replace(String key, @Nullable String value, Map<String, @Nullable String> before) {
    String present = Slf4j.get(key);
    if (present == null || around != null && present.equals(around.ids.get(key))) {
      before.put(key, present);
      Slf4j.set(key, value);
    }
  }

  private void restoreAll(Map<String, @Nullable String> before) {
    before.forEach((key, value) -> {
      try {
        restore(key, value);
      } catch (RuntimeException | LinkageError fault) {
        GildLog.faultOnce("Removing ids from the MDC", fault);
      }
    });
  }

  /** Leaves a value that the application has set meanwhile, or that it has removed. */
  private void restore(String key, @Nullable String before) {
    String present = Slf4j.get(key);
    String own = ids.get(key);
    if (present == null ? own == null : present.equals(own)) {
      Slf4j.set(key, before);
    }
  }

  /** Keeps SLF4J's types out of the outer class, which must load without them. */
  private static final class Slf4j {

    static boolean isPresent() {
      return !(MDC.getMDCAdapter() instanceof NOPMDCAdapter);
    }

    static @Nullable String get(String key) {
      return MDC.get(key);
    }

    static void set(String key, @Nullable String value) {
      if (value == null) {
        MDC.remove(key);
      } else {
        MDC.put(key, value);
      }
    }
  }
}
