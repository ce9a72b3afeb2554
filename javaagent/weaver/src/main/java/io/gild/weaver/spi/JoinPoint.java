package io.gild.weaver.spi;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** What happens at a woven method: one object per method, shared by all callers. */
public interface JoinPoint {

  /**
   * Begins a call.
   *
   * @param self the object, or {@code null} for a static method
   * @param arguments the arguments, boxed
   * @param handle runs the method itself; {@code null} if there is none
   * @return an {@link io.gild.core.AgentCall} or a {@link WovenCall}, or {@code null} to leave this
   *     call alone
   * @throws Throwable a fault of Gild's own; it leaves the call alone as well
   */
  @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle)
      throws Throwable;

  /** Returns whether the method may have to be run once more, apart from the call that is met. */
  default boolean wantsHandle() {
    return true;
  }
}
