package com.acme.child;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Arrays;

/** Another agent beside Gild's: it writes the class files that the JVM currently runs. */
public final class ClassFiles {

  private ClassFiles() {}

  /** Writes the class files of all loaded classes to a folder. */
  public static void agentmain(String folder, Instrumentation jvm) throws Exception {
    Path target = Files.createDirectories(Path.of(folder));
    ClassFileTransformer writer =
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader,
              String name,
              Class<?> type,
              ProtectionDomain domain,
              byte[] classFile) {
            save(target, name, classFile);
            return null;
          }
        };
    jvm.addTransformer(writer, true);
    try {
      Class<?>[] types =
          Arrays.stream(jvm.getAllLoadedClasses())
              .filter(type -> jvm.isModifiableClass(type) && !type.isHidden())
              .toArray(Class<?>[]::new);
      jvm.retransformClasses(types); // at once, as profilers do
    } finally {
      jvm.removeTransformer(writer);
    }
  }

  private static void save(Path folder, String name, byte[] classFile) {
    try {
      Files.write(folder.resolve(name.replace('/', '.') + ".class"), classFile);
    } catch (IOException full) {
      throw new IllegalStateException(full);
    }
  }
}
