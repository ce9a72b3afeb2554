package io.gild.weaver;

import io.gild.core.PerClass;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the methods of an object that are governed already, because its class is a wrapper that was
 * generated at compile time.
 *
 * <p>The mark is found by name: the application may have another copy of it, or none.
 */
final class GovernedClasses {

  private static final String MARK = "io.gild.core.Governed";

  private static final PerClass<Covered> COVERED = new PerClass<>(GovernedClasses::covered);

  /** The methods that wrappers override; all methods if they are unknown. */
  private record Covered(Set<String> methods, boolean all) {
    static final Covered NOTHING = new Covered(Set.of(), false);
    static final Covered ALL = new Covered(Set.of(), true);
  }

  private GovernedClasses() {}

  static boolean covers(Object self, String methodName) {
    Covered covered = COVERED.get(self.getClass());
    return covered != Covered.NOTHING && (covered.all || covered.methods.contains(methodName));
  }

  private static Covered covered(Class<?> type) {
    Set<String> methods = new HashSet<>();
    try {
      for (Class<?> each = type; each != null; each = each.getSuperclass()) {
        if (isMarked(each)) {
          for (Method method : each.getDeclaredMethods()) {
            methods.add(method.getName());
          }
        }
      }
    } catch (LinkageError unreadable) {
      return Covered.ALL;
    }
    return methods.isEmpty() ? Covered.NOTHING : new Covered(methods, false);
  }

  private static boolean isMarked(Class<?> type) {
    for (Class<?> implemented : type.getInterfaces()) {
      if (implemented.getName().equals(MARK)) {
        return true;
      }
    }
    return false;
  }
}
