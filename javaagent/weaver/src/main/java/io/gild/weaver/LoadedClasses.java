package io.gild.weaver;

import io.gild.core.GildLog;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Classes that were loaded before the agent: when it is attached to a running JVM, or when an
 * ahead-of-time cache loads the application's classes before {@code premain}.
 */
public final class LoadedClasses {

  private final Instrumentation instrumentation;

  /** Creates a view of the classes of a JVM. */
  public LoadedClasses(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /**
   * Retransforms the classes that may have targets.
   *
   * @param transformer decides which to ignore
   * @param finder decides which to weave
   */
  public void weave(GildTransformer transformer, TargetFinder finder) {
    Map<ClassLoader, Boolean> annotated = new HashMap<>();
    List<Class<?>> chosen = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      ClassLoader loader = type.getClassLoader();
      if (loader == null || type.isArray() || transformer.ignores(type)) {
        continue;
      }
      transformer.note(type, loader);
      if (mayHoldTargets(type, loader, finder, annotated)) {
        chosen.add(type);
      }
    }
    retransform(chosen);
  }

  private static boolean mayHoldTargets(
      Class<?> type, ClassLoader loader, TargetFinder finder, Map<ClassLoader, Boolean> annotated) {
    String internalName = type.getName().replace('.', '/');
    if (finder.wantsName(internalName) || isSubtype(type, finder)) {
      return true;
    }
    Boolean knows = annotated.get(loader);
    if (knows == null) {
      knows = loader.getResource("io/gild/annotations/Agent.class") != null;
      annotated.put(loader, knows);
    }
    return knows && finder.wants(internalName, classFile(type));
  }

  /**
   * Retransforms the classes with some names.
   *
   * @param names their binary names
   */
  public void retransform(Set<String> names) {
    List<Class<?>> chosen = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (names.contains(type.getName())) {
        chosen.add(type);
      }
    }
    retransform(chosen);
  }

  private void retransform(List<Class<?>> types) {
    for (Class<?> type : types) {
      try {
        if (instrumentation.isModifiableClass(type)) {
          instrumentation.retransformClasses(type);
        }
      } catch (Throwable fault) {
        GildLog.faultOnce("Weaving the loaded class " + type.getName(), fault);
      }
    }
  }

  private static boolean isSubtype(Class<?> type, TargetFinder finder) {
    Class<?> superclass = type.getSuperclass();
    if (superclass != null && isSupertype(superclass, finder)) {
      return true;
    }
    for (Class<?> implemented : type.getInterfaces()) {
      if (isSupertype(implemented, finder)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSupertype(Class<?> type, TargetFinder finder) {
    return finder.supertypes().contains(type.getName().replace('.', '/'));
  }

  private static byte[] classFile(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    String path = type.getName().replace('.', '/') + ".class";
    try (@Nullable InputStream in = loader == null ? null : loader.getResourceAsStream(path)) {
      return in == null ? new byte[0] : in.readAllBytes();
    } catch (IOException unreadable) {
      return new byte[0];
    }
  }
}
