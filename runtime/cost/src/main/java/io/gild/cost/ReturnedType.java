package io.gild.cost;

import io.gild.core.ResultShape;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** The type of the JDK that a method returns. */
final class ReturnedType {

  private ReturnedType() {}

  /** Returns null if the value of the answer may have any type. */
  static @Nullable Class<?> of(String descriptor) {
    if (ResultShape.of(descriptor) != ResultShape.VALUE) {
      return null;
    }
    try {
      String returned = "()" + descriptor.substring(descriptor.indexOf(')') + 1);
      return MethodType.fromMethodDescriptorString(returned, ClassLoader.getPlatformClassLoader())
          .wrap()
          .returnType();
    } catch (IllegalArgumentException | TypeNotPresentException unknown) {
      return null;
    }
  }
}
