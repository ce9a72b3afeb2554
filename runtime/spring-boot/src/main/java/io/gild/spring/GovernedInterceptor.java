package io.gild.spring;

import io.gild.core.Body;
import io.gild.core.WrappedMethod;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AopUtils;

/** Makes the calls of a proxied bean governed calls. Thread-safe. */
final class GovernedInterceptor implements MethodInterceptor {

  private record Key(Method method, Class<?> target) {}

  private final GovernedTypes types;
  private final Map<Key, WrappedMethod> methods = new ConcurrentHashMap<>();

  GovernedInterceptor(GovernedTypes types) {
    this.types = types;
  }

  @Override
  public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
    Object self = invocation.getThis();
    if (self == null) {
      return invocation.proceed();
    }
    WrappedMethod method = method(new Key(invocation.getMethod(), self.getClass()));
    return method.idle()
        ? invocation.proceed()
        : method.call(self, body(invocation), invocation.getArguments());
  }

  /** An invocation proceeds once, so each attempt gets a copy. */
  private static Body body(MethodInvocation invocation) {
    return arguments -> {
      Object[] given = arguments.clone();
      return ((ProxyMethodInvocation) invocation).invocableClone(given).proceed();
    };
  }

  private WrappedMethod method(Key key) {
    return methods.computeIfAbsent(key, this::find);
  }

  private WrappedMethod find(Key key) {
    Class<?> owner = types.owner(key.method(), key.target());
    Class<?> described = owner == null ? key.target() : owner;
    // An interface may declare the method with other types than the class does.
    Method written =
        described.isInterface()
            ? key.method()
            : AopUtils.getMostSpecificMethod(key.method(), key.target());
    return WrappedMethod.of(described, written.getName(), GovernedTypes.descriptor(written));
  }
}
