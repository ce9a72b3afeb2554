package io.gild.weaver;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/** Finds methods of classes that are known by name only, as handles of objects to objects. */
final class ForeignHandles {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

  private final ClassLoader loader;

  ForeignHandles(ClassLoader loader) {
    this.loader = loader;
  }

  Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(name, false, loader);
  }

  /** Finds a method without parameters. */
  MethodHandle getter(String typeName, String name) throws ReflectiveOperationException {
    return getter(type(typeName), name);
  }

  static MethodHandle getter(Class<?> type, String name) throws ReflectiveOperationException {
    return LOOKUP
        .unreflect(type.getMethod(name))
        .asType(MethodType.methodType(Object.class, Object.class));
  }

  /** Finds a method with one parameter. */
  MethodHandle with(String typeName, String name, String parameterType)
      throws ReflectiveOperationException {
    Method method = type(typeName).getMethod(name, type(parameterType));
    return LOOKUP
        .unreflect(method)
        .asType(MethodType.methodType(Object.class, Object.class, Object.class));
  }

  /** Finds a static method without parameters. */
  MethodHandle factory(String typeName, String name) throws ReflectiveOperationException {
    return LOOKUP
        .unreflect(type(typeName).getMethod(name))
        .asType(MethodType.methodType(Object.class));
  }

  /** Finds a static method with one parameter. */
  MethodHandle factory(String typeName, String name, String parameterType)
      throws ReflectiveOperationException {
    return LOOKUP
        .unreflect(type(typeName).getMethod(name, type(parameterType)))
        .asType(MethodType.methodType(Object.class, Object.class));
  }
}
