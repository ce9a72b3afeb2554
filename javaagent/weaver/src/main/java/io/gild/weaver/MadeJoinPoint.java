package io.gild.weaver;

import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.ServedMethods;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** The constructors of a class whose objects are served. */
final class MadeJoinPoint implements JoinPoint {

  /** The name of constructors in class files. */
  static final String NAME = "<init>";

  private final ServedMethods served;
  private final String className;

  MadeJoinPoint(ServedMethods served, String className) {
    this.served = served;
    this.className = className;
  }

  /** The key of the constructors, which share a number. */
  static String key(String className) {
    return Sites.key(className, NAME, "");
  }

  void made(Object object) {
    served.made(className, object);
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    return null;
  }
}
