package io.gild.integration;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Compiles annotated applications with the processor, so that wrappers govern their agents. */
final class Wrapped {

  private static final List<String> LANGCHAIN4J =
      List.of(
          "dev.langchain4j:langchain4j-core:1.19.0",
          "dev.langchain4j:langchain4j-open-ai:1.19.0",
          "org.slf4j:slf4j-nop:2.0.17");

  private Wrapped() {}

  /**
   * Returns the class path of an application with Gild as its own dependency.
   *
   * @param project the folder of its sources among the test projects
   * @param settings the {@code gild.yaml} that the annotations refer to
   * @param classes the folder of its class files
   * @param options more options of javac
   */
  static String compile(String project, Path settings, Path classes, String... options)
      throws IOException {
    List<String> needed = new ArrayList<>(MavenBuild.THIRD_PARTIES);
    needed.addAll(
        List.of(
            "com.github.ben-manes.caffeine:caffeine:3.3.1",
            "io.micrometer:micrometer-core:1.17.2",
            "io.micrometer:micrometer-registry-prometheus:1.17.2",
            "io.opentelemetry:opentelemetry-api:1.67.0"));
    needed.addAll(LANGCHAIN4J);
    String classPath =
        MavenBuild.jars(
            List.of(
                "annotations",
                "config",
                "core",
                "reliability",
                "cost",
                "routing",
                "observability",
                "versions",
                "langchain4j"),
            needed);
    String processors = MavenBuild.processor();
    List<String> arguments = new ArrayList<>(List.of("--release", "17", "-parameters"));
    arguments.addAll(List.of("-cp", classPath, "-processorpath", processors));
    arguments.addAll(List.of("-Agild.config=" + settings, "-d", classes.toString()));
    arguments.addAll(List.of(options));
    try (Stream<Path> sources = Files.walk(Path.of("src/test/projects", project))) {
      sources
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> arguments.add(file.toString()));
    }
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    if (javac.run(System.out, System.err, arguments.toArray(String[]::new)) != 0) {
      throw new IllegalStateException("the annotated application does not compile");
    }
    return classes + File.pathSeparator + classPath;
  }
}
