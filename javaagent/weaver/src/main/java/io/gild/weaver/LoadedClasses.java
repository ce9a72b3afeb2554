package io.gild.weaver;

import io.gild.core.GildLog;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Classes that were there before the agent: when it is attached to a running JVM, or when an
 * ahead-of-time cache brings the application's classes up before {@code premain}.
 */
final class LoadedClasses {

  private final Instrumentation instrumentation;

  LoadedClasses(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /**
   * Has those classes transformed once more that may hold targets.
   *
   * @param transformer knows which to ignore
   * @param finder knows which to weave
   */
  void weave(GildTransformer transformer, TargetFinder finder) {
    Map<ClassLoader, Boolean> annotated = new HashMap<>();
    retransform(type -> {
      if (type.isArray() || type.isPrimitive() || transformer.ignores(type)) {
        return false;
      }
      String internalName = type.getName().replace('.', '/');
      return finder.wantsName(internalName)
          || implementsAny(type, finder)
          || annotated.computeIfAbsent(type.getClassLoader(), LoadedClasses::knowsAnnotations)
              && finder.wants(internalName, classFile(type));
    });
  }

  /**
   * Has some classes transformed once more.
   *
   * @param chosen tells which
   */
  void retransform(Predicate<Class<?>> chosen) {
    List<Class<?>> types = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (chosen.test(type) && instrumentation.isModifiableClass(type)) {
        types.add(type);
      }
    }
    for (Class<?> type : types) {
      try {
        instrumentation.retransformClasses(type);
      } catch (Throwable fault) {
        GildLog.faultOnce("Weaving the loaded class " + type.getName(), fault);
      }
    }
  }

  private static boolean implementsAny(Class<?> type, TargetFinder finder) {
    for (Class<?> implemented : type.getInterfaces()) {
      if (finder.interfaces().contains(implemented.getName().replace('.', '/'))) {
        return true;
      }
    }
    return false;
  }

  private static boolean knowsAnnotations(ClassLoader loader) {
    return loader.getResource("io/gild/annotations/Agent.class") != null;
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
