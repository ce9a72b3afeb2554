package io.gild.core;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The governed methods of one application, with their caches and breakers. Thread-safe. */
final class ApplicationMethods {

  private final Map<String, GovernedMethod> methods = new ConcurrentHashMap<>();
  private final Map<Object, GovernedMethod> known = new ConcurrentHashMap<>();

  /** Returns a key that is equal for equal descriptions. */
  static String key(MethodSpec spec) {
    return (spec.wrapped() ? "wrapped " : "")
        + spec.agent()
        + "@"
        + spec.className()
        + "#"
        + spec.methodName()
        + spec.descriptor();
  }

  @Nullable GovernedMethod get(String key) {
    return methods.get(key);
  }

  GovernedMethod get(String key, Supplier<GovernedMethod> maker) {
    return methods.computeIfAbsent(key, absent -> maker.get());
  }

  /** Returns a method by a key that is cheaper to make than its description. */
  @Nullable GovernedMethod known(Object key) {
    return known.get(key);
  }

  GovernedMethod remember(Object key, GovernedMethod method) {
    known.put(key, method);
    return method;
  }

  Collection<GovernedMethod> all() {
    return methods.values();
  }
}
