package io.gild.core;

import io.gild.config.Experimental;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/**
 * The class loaders from which the application has loaded classes that Gild must use there, not in
 * its own copy; empty without a javaagent. Keeps no class loader alive. Thread-safe.
 */
@Experimental
public final class HostClasses {

  private static final Map<String, Set<WeakReference<ClassLoader>>> LOADERS =
      new ConcurrentHashMap<>();

  private static volatile boolean attached;

  private HostClasses() {}

  /** Records that Gild runs in a javaagent, with its own copies of its libraries. */
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
   * Records a class.
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
   * Returns the loaders of a class.
   *
   * @param className its binary name
   * @return the loaders of all applications that have loaded it and are in use
   */
  public static List<ClassLoader> loadersOf(String className) {
    List<ClassLoader> loaders = new ArrayList<>();
    for (WeakReference<ClassLoader> each : LOADERS.getOrDefault(className, Set.of())) {
      ClassLoader loader = each.get();
      if (loader != null) {
        loaders.add(loader);
      }
    }
    return loaders;
  }

  /**
   * Returns the loader of a class: for an application that sees the class, the loader of its own
   * copy; for another one, such as a bundle among others, the first loader.
   *
   * @param className its binary name
   * @param application the class loader of the application, or {@code null} if it was unloaded
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
        // Another application may have it.
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
