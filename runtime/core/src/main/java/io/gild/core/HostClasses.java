package io.gild.core;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the application that Gild is attached to has loaded classes that Gild has to meet there,
 * not in its own copy; without a javaagent it stays empty. Keeps no class loader alive.
 * Thread-safe.
 */
public final class HostClasses {

  private static final Map<String, WeakReference<ClassLoader>> LOADERS = new ConcurrentHashMap<>();

  private static volatile boolean attached;

  private HostClasses() {}

  /** Takes note that Gild came with a javaagent, and with copies of its libraries of its own. */
  public static void attach() {
    attached = true;
  }

  /**
   * Tells whether the application has other copies of Gild's libraries than Gild itself.
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
   * @param loader the application's loader that defines it; the first one stays
   */
  public static void seen(String className, ClassLoader loader) {
    LOADERS.merge(
        className,
        new WeakReference<>(loader),
        (known, added) -> known.get() == null ? added : known);
  }

  /**
   * Returns who has loaded a class.
   *
   * @param className its binary name
   * @return the loader, or {@code null} if the application has not loaded the class
   */
  public static @Nullable ClassLoader loaderOf(String className) {
    WeakReference<ClassLoader> known = LOADERS.get(className);
    return known == null ? null : known.get();
  }
}
