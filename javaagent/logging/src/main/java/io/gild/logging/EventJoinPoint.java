package io.gild.logging;

import io.gild.weaver.spi.JoinPoint;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The method of a library to which the thread that logs passes its event. */
abstract class EventJoinPoint implements JoinPoint {

  private final LogIds ids;

  EventJoinPoint(LogIds ids) {
    this.ids = ids;
  }

  @Override
  public final @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle)
      throws Throwable {
    Map<String, String> present = ids.current();
    Object event = arguments[0];
    if (!present.isEmpty() && event != null) {
      add(event, present);
    }
    return null;
  }

  @Override
  public final boolean wantsHandle() {
    return false;
  }

  /** Adds ids to an event; a key that the event has already keeps its value. */
  abstract void add(Object event, Map<String, String> ids) throws Throwable;
}
