package io.gild.weaver;

import io.gild.core.CallReference;
import io.gild.core.GildLog;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Wraps tasks, so that they run within a call; no stack trace shows the wrapping. */
final class Carrier {

  private static final MethodType CONSTRUCTOR =
      MethodType.methodType(void.class, CallReference.class, Object.class);

  private final MethodHandle task = constructor(CarriedTask.class);
  private final MethodHandle biFunction = constructor(CarriedBiFunction.class);

  private static MethodHandle constructor(Class<?> type) {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      if (in != null) {
        lookup = lookup.defineHiddenClass(in.readAllBytes(), true);
        type = lookup.lookupClass();
      }
    } catch (IOException | IllegalAccessException | LinkageError fault) {
      GildLog.faultOnce("Hiding the tasks of a call", fault);
    }
    try {
      MethodHandle found = lookup.findConstructor(type, CONSTRUCTOR);
      return found.asType(found.type().changeReturnType(Object.class));
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Carries a runnable, a callable, a supplier, a function or a consumer. */
  Object task(CallReference call, Object plain) {
    return made(task, call, plain);
  }

  /** Carries a function or a consumer of two arguments. */
  Object biFunction(CallReference call, Object plain) {
    return made(biFunction, call, plain);
  }

  private static Object made(MethodHandle constructor, CallReference call, Object plain) {
    try {
      return (Object) constructor.invokeExact(call, plain);
    } catch (Throwable fault) {
      GildLog.faultOnce("Carrying a task", fault);
      return plain;
    }
  }
}
