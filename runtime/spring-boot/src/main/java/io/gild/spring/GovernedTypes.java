package io.gild.spring;

import io.gild.annotations.Woven;
import io.gild.core.AgentRegistry;
import io.gild.core.Governed;
import io.gild.core.MethodSpec;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;

/**
 * Knows which methods of a class the compiler described, and on which type they are written.
 * Thread-safe.
 */
final class GovernedTypes {

  /** Looking for a file of each class of the framework would delay the start. */
  private static final List<String> FOREIGN =
      List.of(
          "java.",
          "javax.",
          "jdk.",
          "jakarta.",
          "sun.",
          "com.sun.",
          "org.springframework.",
          "org.apache.",
          "com.fasterxml.",
          "io.micrometer.",
          "org.hibernate.",
          "io.gild.");

  private final Map<Class<?>, Map<String, Class<?>>> owners = new ConcurrentHashMap<>();

  /** Returns whether a class is surely not one of the application's agents. */
  static boolean isForeign(Class<?> type) {
    String name = type.getName();
    return type.isArray() || type.isPrimitive() || FOREIGN.stream().anyMatch(name::startsWith);
  }

  /** Returns whether a class has described methods that nothing governs yet. */
  boolean isUngoverned(Class<?> type) {
    return !Governed.class.isAssignableFrom(type) && !owners(type).isEmpty();
  }

  /** Returns the type on which a governed method is written, or {@code null} for other methods. */
  @Nullable Class<?> owner(Method method, Class<?> target) {
    Map<String, Class<?>> known = owners(target);
    Class<?> owner = known.get(key(method));
    return owner == null ? known.get(key(AopUtils.getMostSpecificMethod(method, target))) : owner;
  }

  private Map<String, Class<?>> owners(Class<?> type) {
    return owners.computeIfAbsent(type, GovernedTypes::find);
  }

  private static Map<String, Class<?>> find(Class<?> type) {
    Map<String, Class<?>> found = new LinkedHashMap<>();
    for (Class<?> at = type; at != null && !isForeign(at); at = at.getSuperclass()) {
      add(found, at);
    }
    for (Class<?> at : ClassUtils.getAllInterfacesForClass(type)) {
      if (!isForeign(at)) {
        add(found, at);
      }
    }
    return found;
  }

  private static void add(Map<String, Class<?>> found, Class<?> type) {
    List<MethodSpec> described = AgentRegistry.read(type.getClassLoader(), type.getName());
    if (!described.isEmpty() && !isWoven(type)) {
      described.forEach(spec -> found.putIfAbsent(spec.methodName() + spec.descriptor(), type));
    }
  }

  /** The build weaves all methods of a class or none. */
  private static boolean isWoven(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .anyMatch(method -> method.isAnnotationPresent(Woven.class));
  }

  private static String key(Method method) {
    return method.getName() + descriptor(method);
  }

  static String descriptor(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .toMethodDescriptorString();
  }
}
