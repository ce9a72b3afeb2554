package io.gild.versions;

import io.gild.core.MethodSpec;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes objects of an application's classes and finds their methods. */
final class Reflection {

  private Reflection() {}

  /** Makes an object by the constructor without parameters. */
  static Object instance(Class<?> type) {
    String name = type.getName();
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      throw new VersionException(
          name + " is abstract or an interface; name a class that can be made");
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (NoSuchMethodException absent) {
      throw new VersionException(
          name
              + " has no constructor without parameters; add one, or give a supplier of the object",
          absent);
    } catch (InvocationTargetException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw new VersionException("the constructor of " + name + " threw " + cause, cause);
    } catch (ReflectiveOperationException | InaccessibleObjectException | LinkageError refused) {
      throw new VersionException(name + " cannot be made: " + refused, refused);
    }
  }

  /** Returns the names of a class and of all its classes and interfaces above. */
  static Set<String> hierarchy(Class<?> type) {
    Set<String> names = new LinkedHashSet<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      names.add(each.getName());
      interfaces(each, names);
    }
    return names;
  }

  private static void interfaces(Class<?> type, Set<String> names) {
    for (Class<?> each : type.getInterfaces()) {
      if (names.add(each.getName())) {
        interfaces(each, names);
      }
    }
  }

  /**
   * Finds the method that a new version has in place of the present one.
   *
   * @return takes the object and an array of arguments
   */
  static MethodHandle method(Class<?> type, MethodSpec present) {
    Method found = find(type, present);
    Class<?> expected = returnType(type.getClassLoader(), present);
    if (expected != null && !expected.isAssignableFrom(found.getReturnType())) {
      throw new VersionException(
          "%s#%s returns %s, but the present version returns %s"
              .formatted(
                  type.getName(),
                  present.methodName(),
                  found.getReturnType().getName(),
                  expected.getName()));
    }
    try {
      found.setAccessible(true);
      MethodHandle handle = MethodHandles.lookup().unreflect(found).asFixedArity();
      MethodHandle bound =
          Modifier.isStatic(found.getModifiers())
              ? MethodHandles.dropArguments(handle, 0, Object.class)
              : handle;
      return bound
          .asSpreader(Object[].class, found.getParameterCount())
          .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
    } catch (IllegalAccessException | InaccessibleObjectException refused) {
      throw new VersionException(
          "%s#%s cannot be called: %s"
              .formatted(type.getName(), present.methodName(), refused.getMessage()),
          refused);
    }
  }

  /** Finds the method of a class that has the name and the parameters of the present one. */
  static Method find(Class<?> type, MethodSpec present) {
    List<String> parameters = Parameters.types(present.descriptor());
    List<String> others = new ArrayList<>();
    for (Class<?> each : classes(type)) {
      for (Method method : each.getDeclaredMethods()) {
        if (method.isBridge() || !method.getName().equals(present.methodName())) {
          continue;
        }
        if (parameters.equals(descriptors(method)) && !Modifier.isAbstract(method.getModifiers())) {
          return method;
        }
        others.add(descriptors(method).toString());
      }
    }
    throw new VersionException(
        "%s has no method %s with the parameters %s%s"
            .formatted(
                type.getName(),
                present.methodName(),
                parameters,
                others.isEmpty() ? "" : "; it has " + String.join(", ", others)));
  }

  /** Returns a class, those above it, and then its interfaces. */
  private static Set<Class<?>> classes(Class<?> type) {
    Set<Class<?>> all = new LinkedHashSet<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      all.add(each);
    }
    for (Class<?> each : List.copyOf(all)) {
      addInterfaces(each, all);
    }
    return all;
  }

  private static void addInterfaces(Class<?> type, Set<Class<?>> all) {
    for (Class<?> each : type.getInterfaces()) {
      if (all.add(each)) {
        addInterfaces(each, all);
      }
    }
  }

  private static List<String> descriptors(Method method) {
    return Arrays.stream(method.getParameterTypes()).map(Class::descriptorString).toList();
  }

  /** Returns the type that the present version returns; null if it is unknown. */
  private static @Nullable Class<?> returnType(@Nullable ClassLoader loader, MethodSpec present) {
    try {
      return MethodType.fromMethodDescriptorString(present.descriptor(), loader).returnType();
    } catch (TypeNotPresentException | IllegalArgumentException unknown) {
      return null;
    }
  }
}
