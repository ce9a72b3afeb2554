package io.gild.weaver;

import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.ServedMethods;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A served method: an object that is older than the agent becomes known when its method is called.
 *
 * @param served receives the object
 * @param className binary name of the class
 * @param governed governs the call
 */
record ServedJoinPoint(ServedMethods served, String className, JoinPoint governed)
    implements JoinPoint {

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle)
      throws Throwable {
    if (self != null) {
      served.called(className, self);
    }
    return governed.enter(self, arguments, handle);
  }

  @Override
  public boolean wantsHandle() {
    return governed.wantsHandle();
  }
}
