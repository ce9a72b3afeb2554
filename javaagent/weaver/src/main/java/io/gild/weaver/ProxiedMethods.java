package io.gild.weaver;

import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.PerClass;
import io.gild.weaver.spi.ServedMethods;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The methods of agents that are interfaces only: a library makes their objects, and passes all
 * their calls to one handler. Thread-safe.
 */
public final class ProxiedMethods {

  private final LazyRuntime runtime;
  private final ServedMethods served;
  private final PerLoader<Map<String, MethodSpec>> specs = new PerLoader<>(new Specs());
  private final PerClass<Map<Method, GovernedMethod>> methods = new PerClass<>(new Methods());
  private volatile boolean any;

  /** Makes empty maps; runs before main, where the first lambda is expensive. */
  private static final class Specs implements Supplier<Map<String, MethodSpec>> {
    @Override
    public Map<String, MethodSpec> get() {
      return new ConcurrentHashMap<>();
    }
  }

  /** The same for the methods of a class. */
  private static final class Methods implements Function<Class<?>, Map<Method, GovernedMethod>> {
    @Override
    public Map<Method, GovernedMethod> apply(Class<?> type) {
      return new ConcurrentHashMap<>();
    }
  }

  /**
   * Creates methods that a runtime governs.
   *
   * @param runtime the runtime
   * @param served receives the objects whose methods are called
   */
  public ProxiedMethods(LazyRuntime runtime, ServedMethods served) {
    this.runtime = runtime;
    this.served = served;
  }

  /** Returns whether any methods are served to other agents. */
  public boolean areServed() {
    return served != ServedMethods.NONE;
  }

  /** Receives a new object of interfaces. */
  public void made(Object proxy) {
    for (Class<?> type : proxy.getClass().getInterfaces()) {
      if (served.wantsClass(type.getName())) {
        served.made(type.getName(), proxy);
      }
    }
  }

  /** Receives an object whose governed method is called. */
  public void called(Object proxy, Method method) {
    if (served != ServedMethods.NONE) {
      served.called(method.getDeclaringClass().getName(), proxy);
    }
  }

  void add(@Nullable ClassLoader loader, MethodSpec spec) {
    any = true;
    specs.of(loader).put(Sites.key(spec.className(), spec.methodName(), spec.descriptor()), spec);
  }

  /** Returns the governed method, or {@code null} if it does not belong to an agent. */
  public @Nullable GovernedMethod of(Method method) {
    if (!any) {
      return null;
    }
    Class<?> owner = method.getDeclaringClass();
    Map<Method, GovernedMethod> ofOwner = methods.get(owner);
    GovernedMethod known = ofOwner.get(method);
    if (known == null) {
      MethodSpec spec = specs.of(owner.getClassLoader()).get(key(method));
      known = spec == null ? null : runtime.method(spec, owner);
      if (known != null) {
        ofOwner.put(method, known);
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
