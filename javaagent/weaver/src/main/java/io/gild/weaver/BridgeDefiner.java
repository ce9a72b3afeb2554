package io.gild.weaver;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;

/**
 * Defines the bridge in {@code java.base}: opens {@code java.lang} to the agent and defines the two
 * classes there. No file is appended to the boot class path, because that would disable the JVM's
 * shared archive.
 */
public final class BridgeDefiner {

  private static final String[] CLASSES = {"java/lang/GildEngine", "java/lang/GildBridge"};

  private BridgeDefiner() {}

  public static void define(Instrumentation instrumentation)
      throws IOException, IllegalAccessException {
    if (isThere()) {
      return;
    }
    OpenPackages.open(instrumentation, "java.base", "java.lang");
    MethodHandles.Lookup lookup =
        MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
    for (String name : CLASSES) {
      lookup.defineClass(classFile(name));
    }
  }

  private static boolean isThere() {
    try {
      Class.forName("java.lang.GildBridge", false, null);
      return true;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }

  private static byte[] classFile(String name) throws IOException {
    ClassLoader loader = BridgeDefiner.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(name + ".class")) {
      if (in == null) {
        throw new IOException("the agent's jar lacks " + name);
      }
      return in.readAllBytes();
    }
  }
}
