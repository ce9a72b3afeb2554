package io.gild.weaver;

import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The methods of agents that are interfaces only: a library makes their objects, and gives all
 * their calls to one handler. Thread-safe.
 */
final class ProxiedMethods {

  private final LazyRuntime runtime;
  private final Map<String, MethodSpec> specs = new ConcurrentHashMap<>();
  private final Map<Method, GovernedMethod> methods = new ConcurrentHashMap<>();

  ProxiedMethods(LazyRuntime runtime) {
    this.runtime = runtime;
  }

  void add(MethodSpec spec) {
    specs.put(Sites.key(spec.className(), spec.methodName(), spec.descriptor()), spec);
  }

  /** Returns the governed method, or {@code null} if it is no agent's. */
  @Nullable GovernedMethod of(Method method) {
    GovernedMethod known = methods.get(method);
    if (known == null && !specs.isEmpty()) {
      MethodSpec spec = specs.get(key(method));
      known = spec == null ? null : runtime.method(spec);
      if (known != null) {
        methods.put(method, known);
      }
    }
    return known;
  }

  private static String key(Method method) {
    String descriptor =
        MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .toMethodDescriptorString();
    return Sites.key(method.getDeclaringClass().getName(), method.getName(), descriptor);
  }
}
