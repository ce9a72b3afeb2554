package io.gild.core;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/**
 * Where the application that Gild is attached to has loaded classes that Gild has to meet there,
 * not in its own copy; without a javaagent it stays empty. Keeps no class loader alive.
 * Thread-safe.
 */
public final class HostClasses {

  private static final Map<String, Set<WeakReference<ClassLoader>>> LOADERS =
      new ConcurrentHashMap<>();

  private static volatile boolean attached;

  private HostClasses() {}

  /** Takes note that Gild came with a javaagent, and with copies of its libraries of its own. */
  public static void attach() {
    attached = true;
  }

  /**
   * Returns whether the application has other copies of Gild's libraries than Gild itself.
   *
   * @return {@code true} inside a javaagent
   */
  public static boolean attached() {
    return attached;
  }

  /**
   * Takes note of a class.
   *
   * @param className its binary name
   * @param loader the application's loader that defines it
   */
  public static void seen(String className, ClassLoader loader) {
    Set<WeakReference<ClassLoader>> known =
        LOADERS.computeIfAbsent(className, absent -> new CopyOnWriteArraySet<>());
    synchronized (known) {
      known.removeIf(each -> each.refersTo(null));
      if (known.stream().noneMatch(each -> each.refersTo(loader))) {
        known.add(new WeakReference<>(loader));
      }
    }
  }

  /**
   * Returns who has loaded a class: for an application that sees the class, its own copy; for one
   * that does not, such as a bundle beside others, the first one.
   *
   * @param className its binary name
   * @param application the class loader of the application, or {@code null} if that is gone
   * @return the loader, or {@code null} if no application has loaded the class
   */
  public static @Nullable ClassLoader loaderOf(
      String className, @Nullable ClassLoader application) {
    Set<WeakReference<ClassLoader>> known = LOADERS.get(className);
    if (known == null) {
      return null;
    }
    if (application != null) {
      try {
        return Class.forName(className, false, application).getClassLoader();
      } catch (ClassNotFoundException | LinkageError unseen) {
        // One of its neighbours may have it.
      }
    }
    for (WeakReference<ClassLoader> each : known) {
      ClassLoader loader = each.get();
      if (loader != null) {
        return loader;
      }
    }
    return null;
  }
}
