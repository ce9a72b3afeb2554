package io.gild.cdi;

import io.gild.annotations.Woven;
import io.gild.config.Experimental;
import io.gild.core.GildLog;
import io.gild.core.Governed;
import io.gild.core.WrappedMethod;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Governs the calls of annotated beans. It comes before the container's own interceptors, so that a
 * cached answer opens no transaction, and each attempt has one of its own. Methods that are
 * governed already, by their wrapper or in place, pass through. The container makes it.
 * Thread-safe.
 */
@Gilded
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
@Experimental
public class GildedInterceptor {

  /** Of the class that declares the methods, and released with it; calls take no lock. */
  private static final ClassValue<Map<Method, Optional<WrappedMethod>>> KNOWN =
      new ClassValue<>() {
        @Override
        protected Map<Method, Optional<WrappedMethod>> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  /** Makes an interceptor; the container does. */
  public GildedInterceptor() {}

  /**
   * Makes a governed call.
   *
   * @param context the call
   * @return the answer
   * @throws Exception what the method throws, or a policy
   */
  @AroundInvoke
  public @Nullable Object govern(InvocationContext context) throws Exception {
    WrappedMethod method =
        context.getTarget() instanceof Governed ? null : governed(context.getMethod());
    if (method == null || method.idle()) {
      return context.proceed();
    }
    return method.call(
        context.getTarget(),
        arguments -> {
          context.setParameters(arguments);
          return context.proceed();
        },
        context.getParameters());
  }

  /** Returns the governed method; null if another part of Gild governs it. */
  private static @Nullable WrappedMethod governed(Method method) {
    Map<Method, Optional<WrappedMethod>> known = KNOWN.get(method.getDeclaringClass());
    Optional<WrappedMethod> found = known.get(method);
    return (found == null ? known.computeIfAbsent(method, GildedInterceptor::find) : found)
        .orElse(null);
  }

  private static Optional<WrappedMethod> find(Method method) {
    if (method.isAnnotationPresent(Woven.class)) {
      return Optional.empty();
    }
    String descriptor =
        MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .toMethodDescriptorString();
    Class<?> owner = method.getDeclaringClass();
    try {
      return Optional.of(WrappedMethod.of(owner, method.getName(), descriptor));
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Governing " + owner.getName() + "#" + method.getName(), fault);
      return Optional.empty();
    }
  }
}
