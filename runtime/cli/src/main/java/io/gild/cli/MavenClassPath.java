package io.gild.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Gets the class path of a module from Maven, including test scope. */
final class MavenClassPath {

  private static final String GOAL =
      "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath";

  private final Path project;
  private final CommandSpec spec;

  MavenClassPath(Path project, CommandSpec spec) {
    this.project = project.toAbsolutePath().normalize();
    this.spec = spec;
  }

  String read() throws IOException {
    if (!Files.exists(project.resolve("pom.xml"))) {
      throw new ParameterException(
          spec.commandLine(),
          "no pom.xml in "
              + project
              + ". Name a Maven module with --project, or the classes with"
              + " --classpath");
    }
    Path classes = project.resolve("target/classes");
    if (!Files.isDirectory(classes)) {
      throw new ParameterException(
          spec.commandLine(),
          classes + " does not exist. Compile the module first: mvn test-compile");
    }
    return classes
        + File.pathSeparator
        + project.resolve("target/test-classes")
        + File.pathSeparator
        + dependencies();
  }

  private String dependencies() throws IOException {
    Path file = Files.createTempFile("gild-classpath", ".txt");
    Path log = Files.createTempFile("gild-maven", ".log");
    try {
      Process maven =
          new ProcessBuilder(
                  List.of(
                      launcher(),
                      "-q",
                      "-B",
                      GOAL,
                      "-Dmdep.includeScope=test",
                      "-Dmdep.outputFile=" + file))
              .directory(project.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      int status = maven.waitFor();
      if (status != 0) {
        throw new ParameterException(
            spec.commandLine(),
            "Maven does not print the class path of "
                + project
                + ". Give it with --classpath.\n"
                + Files.readString(log).strip());
      }
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(log);
    }
  }

  /** Returns the wrapper of the project or of a folder above, or else the Maven of the path. */
  private String launcher() {
    String name = File.separatorChar == '\\' ? "mvnw.cmd" : "mvnw";
    for (Path folder = project; folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve(name))) {
        return folder.resolve(name).toString();
      }
    }
    return File.separatorChar == '\\' ? "mvn.cmd" : "mvn";
  }
}
