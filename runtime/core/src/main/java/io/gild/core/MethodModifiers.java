package io.gild.core;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/** Reads how a governed method is declared. */
final class MethodModifiers {

  private MethodModifiers() {}

  /** Returns whether a method is {@code synchronized}, in the class that its description names. */
  static boolean isSynchronized(Class<?> type, MethodSpec spec) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (each.getName().equals(spec.className())) {
        return isSynchronizedIn(each, spec);
      }
    }
    return false;
  }

  private static boolean isSynchronizedIn(Class<?> owner, MethodSpec spec) {
    try {
      for (Method method : owner.getDeclaredMethods()) {
        if (method.getName().equals(spec.methodName())
            && MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .toMethodDescriptorString()
                .equals(spec.descriptor())) {
          return Modifier.isSynchronized(method.getModifiers());
        }
      }
    } catch (LinkageError unreadable) {
      return false;
    }
    return false;
  }
}
