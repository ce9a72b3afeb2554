package io.gild.integration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The Kotlin compiler, in its own JVM, since it contains half of an IDE. */
final class Kotlin {

  private static final String VERSION = "2.4.21";

  private static final List<String> COMPILER =
      List.of("org.jetbrains.kotlin:kotlin-compiler-embeddable:" + VERSION);

  static final String STANDARD_LIBRARY = "org.jetbrains.kotlin:kotlin-stdlib:" + VERSION;

  static final String COROUTINES = "org.jetbrains.kotlinx:kotlinx-coroutines-core-jvm:1.11.0";

  private Kotlin() {}

  /**
   * Compiles all Kotlin files of the tests' resources.
   *
   * @param classPath the class path of the compiler
   * @param classes the output folder
   */
  static void compile(String classPath, Path classes) throws Exception {
    Path log = Files.createTempFile("kotlin", ".log");
    log.toFile().deleteOnExit();
    Process compiler =
        new ProcessBuilder(
                Jdk.own().java(),
                "-cp",
                ClassPaths.of(COMPILER),
                "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
                "-no-stdlib",
                "-no-reflect",
                "-jvm-target",
                "17",
                "-cp",
                classPath,
                "-d",
                classes.toString(),
                Path.of(Kotlin.class.getResource("/kotlin").toURI()).toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!compiler.waitFor(5, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
      compiler.destroyForcibly();
      throw new IllegalStateException("Kotlin does not compile\n" + Files.readString(log));
    }
  }
}
