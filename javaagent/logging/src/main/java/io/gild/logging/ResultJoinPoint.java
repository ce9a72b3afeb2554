package io.gild.logging;

import io.gild.core.GildLog;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A method of a library whose result gets the ids of the current call. */
abstract class ResultJoinPoint implements JoinPoint {

  private final LogIds ids;

  ResultJoinPoint(LogIds ids) {
    this.ids = ids;
  }

  @Override
  public final @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    Map<String, String> present = ids.current();
    return present.isEmpty() ? null : new Call(present, arguments);
  }

  @Override
  public final boolean wantsHandle() {
    return false;
  }

  /**
   * Returns the result with ids.
   *
   * @param result the method's own
   * @param arguments the method's arguments
   * @param ids the ids by key
   */
  abstract Object with(Object result, @Nullable Object[] arguments, Map<String, String> ids)
      throws Throwable;

  private final class Call extends WovenCall.Watched {

    private final Map<String, String> ids;
    private final @Nullable Object[] arguments;

    Call(Map<String, String> ids, @Nullable Object[] arguments) {
      this.ids = ids;
      this.arguments = arguments;
    }

    @Override
    public void over() {}

    @Override
    public @Nullable Object result() {
      Object own = super.result();
      try {
        return own == null ? null : with(own, arguments, ids);
      } catch (Throwable fault) {
        GildLog.faultOnce("Adding ids to a log line", fault);
        return own;
      }
    }
  }
}
