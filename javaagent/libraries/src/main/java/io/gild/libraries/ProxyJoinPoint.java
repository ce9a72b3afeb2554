package io.gild.libraries;

import io.gild.core.Body;
import io.gild.core.GovernedMethod;
import io.gild.weaver.OwnMethod;
import io.gild.weaver.ProxiedMethods;
import io.gild.weaver.Wrappers;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The invocation handler of the objects that a library makes for an agent's interface: {@code
 * invoke(proxy, method, arguments)}.
 */
final class ProxyJoinPoint implements JoinPoint {

  private final ProxiedMethods methods;

  ProxyJoinPoint(ProxiedMethods methods) {
    this.methods = methods;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    if (handle == null || OwnMethod.passes(this) || !(arguments[1] instanceof Method called)) {
      return null;
    }
    GovernedMethod method = methods.of(called);
    if (method == null || method.idle() || Wrappers.covers(method.spec())) {
      return null;
    }
    Object proxy = arguments[0];
    if (proxy != null) {
      methods.called(proxy, called);
    }
    @Nullable Object[] given =
        arguments[2] instanceof Object[] some ? some : new @Nullable Object[0];
    OwnMethod own = new OwnMethod(this, self, handle);
    Body body = asked -> own.run(new @Nullable Object[] {proxy, called, asked});
    try {
      return WovenCall.Settled.returning(
          TokenStreams.isReturnedBy(called)
              ? TokenStreams.record(called.getReturnType(), method, proxy, body, given)
              : method.call(proxy, body, given));
    } catch (Throwable failure) {
      return WovenCall.Settled.throwing(failure);
    }
  }
}
