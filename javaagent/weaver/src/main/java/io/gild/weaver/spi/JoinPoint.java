package io.gild.weaver.spi;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** The action at a woven method: one object per method, shared by all callers. */
public interface JoinPoint {

  /**
   * Begins a call.
   *
   * @param self the object, or {@code null} for a static method
   * @param arguments the arguments, boxed
   * @param handle runs the method itself; {@code null} if there is none
   * @return an {@link io.gild.core.AgentCall} or a {@link WovenCall}, or {@code null} if this call
   *     is not governed
   * @throws Throwable a failure of Gild itself; the call is then not governed
   */
  @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle)
      throws Throwable;

  /** Returns whether the method may have to be run again, separately from the current call. */
  default boolean wantsHandle() {
    return true;
  }
}
