package io.gild.versions;

import io.gild.core.AgentRegistry;
import io.gild.core.Body;
import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import java.lang.invoke.MethodHandle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The code of a new version: an object, and its method in place of the present one. */
final class Implementation implements Body {

  private final Object object;
  private final MethodHandle method;
  private final String methodName;
  private final String parameters;
  private final Set<String> classes;

  Implementation(Object object, MethodSpec present) {
    this.object = object;
    this.method = Reflection.method(object.getClass(), present);
    this.methodName = present.methodName();
    this.parameters = parameters(present);
    this.classes = Reflection.hierarchy(object.getClass());
  }

  private static String parameters(MethodSpec spec) {
    return spec.descriptor().substring(0, spec.descriptor().indexOf(')') + 1);
  }

  @Override
  public @Nullable Object run(@Nullable Object[] arguments) throws Throwable {
    return (Object) method.invokeExact(object, arguments);
  }

  /** Returns whether a method is this code, or that of a class above it. */
  boolean is(MethodSpec spec) {
    return spec.methodName().equals(methodName)
        && parameters(spec).equals(parameters)
        && classes.contains(spec.className());
  }

  /** Returns how the new version declares the method; the present description if it does not. */
  MethodSpec declared(MethodSpec present) {
    ClassLoader loader = object.getClass().getClassLoader();
    try {
      for (Class<?> each = object.getClass();
          each != null && each != Object.class;
          each = each.getSuperclass()) {
        for (MethodSpec spec : AgentRegistry.read(loader, each.getName())) {
          if (spec.methodName().equals(methodName) && parameters(spec).equals(parameters)) {
            return spec;
          }
        }
      }
    } catch (RuntimeException fault) {
      GildLog.faultOnce("Reading the registry of " + object.getClass().getName(), fault);
    }
    return present;
  }
}
