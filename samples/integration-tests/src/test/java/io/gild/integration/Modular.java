package io.gild.integration;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds the modular application in the resources. */
final class Modular {

  private Modular() {}

  /** Compiles the application and returns its module path. */
  static String compile() throws IOException {
    String libraries = annotations() + File.pathSeparator + openAi();
    Path classes = Files.createTempDirectory("modular");
    List<String> arguments = new ArrayList<>(List.of("--release", "17", "-p", libraries));
    arguments.addAll(List.of("-d", classes.toString()));
    try (Stream<Path> sources = Files.walk(Path.of("target/test-classes/modular"))) {
      sources
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> arguments.add("" + file));
    }
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    if (javac.run(System.out, System.err, arguments.toArray(String[]::new)) != 0) {
      throw new IllegalStateException("the modular application does not compile");
    }
    return classes + File.pathSeparator + libraries;
  }

  /**
   * Returns the model library without a stub that has the same name as the jar that it replaces.
   */
  private static String openAi() {
    String files = ClassPaths.of(List.of("com.openai:openai-java:4.101.0"));
    return Arrays.stream(files.split(File.pathSeparator))
        .filter(file -> !Path.of(file).getFileName().toString().startsWith("okio-3"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Returns the jar of Gild's annotations, which names its module. */
  private static String annotations() {
    return Path.of("../../annotations/target/gild-annotations-" + MavenBuild.VERSION + ".jar")
        .toAbsolutePath()
        .toString();
  }
}
