package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.weaver.spi.JoinPoint;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A method that is woven only at its entry: it may run for as long as the JVM, and has nothing of
 * Gild on its stack. It is called only while a thread is in a call, or tasks of calls wait.
 */
abstract class EntryJoinPoint implements JoinPoint {

  /** Returns the new arguments; {@code null} if they do not change. */
  abstract @Nullable Object @Nullable [] entered(
      @Nullable AgentCall call, @Nullable Object self, @Nullable Object[] arguments);

  @Override
  public final @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    return null;
  }

  @Override
  public final boolean wantsHandle() {
    return false;
  }
}
