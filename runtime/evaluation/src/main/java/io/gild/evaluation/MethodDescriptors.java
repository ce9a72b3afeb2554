package io.gild.evaluation;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/** Erased descriptors of methods. */
final class MethodDescriptors {

  private MethodDescriptors() {}

  static String of(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .toMethodDescriptorString();
  }
}
