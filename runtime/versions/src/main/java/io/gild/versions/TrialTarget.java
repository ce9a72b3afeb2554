package io.gild.versions;

import io.gild.core.GovernedMethod;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** The object that callers used last, which is not kept alive. Thread-safe. */
final class TrialTarget {

  private static final WeakReference<Object> NEVER_CALLED = new WeakReference<>(null);

  private volatile WeakReference<Object> self = NEVER_CALLED;
  private volatile boolean isStatic;
  private volatile @Nullable String problem;

  /** Remembers an object; returns whether it is another one than before. */
  boolean calledOn(@Nullable Object object) {
    if (object == null) {
      boolean first = !isStatic;
      isStatic = true;
      return first;
    }
    if (self.get() == object) {
      return false;
    }
    self = new WeakReference<>(object);
    return true;
  }

  /** Returns what can be asked; null if there is no object, or a problem. */
  @Nullable TrialMethod method(MethodSplit split) {
    Object object = self.get();
    if (problem != null || object == null && !isStatic) {
      return null;
    }
    try {
      Class<?> type = object == null ? owner(split.present()) : object.getClass();
      Method method = Reflection.find(type, split.present().spec());
      if (object == null && !Modifier.isStatic(method.getModifiers())) {
        throw new VersionException(method + " was called without its object, which is needed.");
      }
      // Without permission, a public method of an exported package can still be called.
      method.trySetAccessible();
      return new TrialMethod(split, object, method);
    } catch (VersionException absent) {
      problem = String.valueOf(absent.getMessage());
      return null;
    }
  }

  private static Class<?> owner(GovernedMethod present) {
    String name = present.spec().className();
    try {
      return Class.forName(name, true, present.application().loader());
    } catch (ClassNotFoundException | LinkageError absent) {
      throw new VersionException("the class " + name + " cannot be loaded: " + absent, absent);
    }
  }

  @Nullable String problem() {
    return problem;
  }

  void problem(String sentence) {
    problem = sentence;
  }
}
