package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A Maven project that knows nothing of Gild: built by the real Maven, and migrated. */
final class LegacyProject {

  private static final String CLASS_PATH =
      "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath";

  private final Path folder;
  private final List<String> modules;

  /**
   * Uses an existing folder, which is changed.
   *
   * @param modules folders of the modules with sources; one empty name for a project without
   *     modules
   */
  LegacyProject(Path folder, List<String> modules) {
    this.folder = folder;
    this.modules = List.copyOf(modules);
  }

  Path folder() {
    return folder;
  }

  /** Compiles all modules, with what the project's own plugins add. */
  void build() throws Exception {
    MavenBuild.Outcome outcome =
        MavenBuild.in(folder)
            .run(
                "-q",
                "process-classes",
                CLASS_PATH,
                "-Dmdep.outputFile=target/class-path.txt",
                "-Dmdep.includeScope=runtime");
    assertThat(outcome.status()).as(outcome.log()).isZero();
  }

  /**
   * Migrates the sources; the report is in {@code report.json} beside the project.
   *
   * @return what was printed
   */
  String migrate(String apply) throws Exception {
    MavenBuild.Outcome outcome =
        MavenBuild.finish(
            List.of(
                Jdk.own().java(),
                "-jar",
                System.getProperty("gild.cli.jar"),
                "migrate",
                folder.toString(),
                "--write",
                "--apply=" + apply,
                "--json=" + folder.resolveSibling("report.json")),
            folder,
            Map.of());
    assertThat(outcome.status()).as(outcome.log()).isZero();
    return outcome.log();
  }

  /** Returns the number of class files of a module in which a method is governed. */
  long governed(String module, String classes) throws IOException {
    long count = 0;
    try (Stream<Path> files = Files.walk(target(module).resolve("classes"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        if (file.getFileName().toString().matches(classes)
            && Files.readString(file, StandardCharsets.ISO_8859_1)
                .contains("Lio/gild/annotations/Woven;")) {
          count++;
        }
      }
    }
    return count;
  }

  /** Returns the texts of all sources and descriptions. */
  String sources() throws IOException {
    StringBuilder texts = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          files
              .filter(each -> each.toString().matches(".*(\\.java|pom\\.xml)"))
              .sorted()
              .toList()) {
        texts.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return texts.toString();
  }

  /** Returns the class path of all modules, once they are built. */
  String classPath() throws IOException {
    Set<String> entries = new LinkedHashSet<>();
    for (String module : modules) {
      entries.add(target(module).resolve("classes").toString());
    }
    for (String module : modules) {
      String own = Files.readString(target(module).resolve("class-path.txt")).trim();
      entries.addAll(Arrays.asList(own.split(File.pathSeparator)));
    }
    return String.join(File.pathSeparator, entries);
  }

  private Path target(String module) {
    return folder.resolve(module).resolve("target");
  }
}
