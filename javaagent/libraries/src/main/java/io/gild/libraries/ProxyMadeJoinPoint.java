package io.gild.libraries;

import io.gild.weaver.ProxiedMethods;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** The method that returns a new object for an agent's interface: {@code build()}. */
final class ProxyMadeJoinPoint implements JoinPoint {

  private final ProxiedMethods methods;

  ProxyMadeJoinPoint(ProxiedMethods methods) {
    this.methods = methods;
  }

  @Override
  public Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    return new WovenCall.Watched() {
      @Override
      public void over() {
        Object made = result();
        if (made != null) {
          methods.made(made);
        }
      }
    };
  }

  @Override
  public boolean wantsHandle() {
    return false;
  }
}
