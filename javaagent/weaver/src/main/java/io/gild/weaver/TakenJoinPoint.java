package io.gild.weaver;

import io.gild.weaver.spi.JoinPoint;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** A method with which a thread of a pool takes its next task; it may wait for hours. */
final class TakenJoinPoint implements JoinPoint {

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    return null;
  }

  @Override
  public boolean wantsHandle() {
    return false;
  }
}
