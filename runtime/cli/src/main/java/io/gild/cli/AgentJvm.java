package io.gild.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the JVMs in which agents run: their class path, javaagent and settings. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AgentJvm {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--project",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description =
          "a Maven module that is compiled; its class path comes from Maven unless --classpath"
              + " gives one (default: the working folder)")
  private Path project;

  @Option(
      names = {"--classpath", "-cp"},
      paramLabel = "PATH",
      description = "the agents' classes and their dependencies")
  private @Nullable String classPath;

  @Option(
      names = "--jvm",
      paramLabel = "OPTION",
      description = "an option of the agents' JVM, such as -Xmx1g; may be repeated")
  private List<String> jvmOptions = List.of();

  @Option(
      names = "--javaagent",
      paramLabel = "JAR",
      defaultValue = "${sys:gild.agent.jar:-}",
      description = "Gild's javaagent, which sees tokens, money and tools; none with \"\"")
  private String javaagent;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the gild.yaml that governs the agents")
  private @Nullable Path config;

  private @Nullable String wholeClassPath;

  /** Returns the folder in which agents run. */
  Path folder() {
    return project.toAbsolutePath();
  }

  /** Returns the launcher of their JVMs: that of this JVM. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** Returns whether the javaagent is in their JVMs. */
  boolean hasJavaagent() {
    return !javaagent.isEmpty();
  }

  /**
   * Returns the options of their JVMs.
   *
   * @param include methods that the javaagent governs although nothing declares them, such as
   *     {@code com.acme.Desk#answer}
   */
  List<String> options(List<String> include) {
    List<String> options = new ArrayList<>();
    if (hasJavaagent()) {
      if (!Files.isRegularFile(Path.of(javaagent))) {
        throw new ParameterException(spec.commandLine(), "no javaagent " + javaagent);
      }
      options.add("-Dgild.watch=true");
      String arguments = include.isEmpty() ? "" : "=include=" + String.join(";", include);
      options.add("-javaagent:" + Path.of(javaagent).toAbsolutePath() + arguments);
    }
    Path settings = config;
    if (settings != null) {
      existing(settings, "no settings ");
      options.add("-Dgild.config=" + settings.toAbsolutePath());
    }
    options.addAll(jvmOptions);
    return options;
  }

  /** Checks that a file exists that an option names. */
  void existing(Path file, String message) {
    if (!Files.isRegularFile(file)) {
      throw new ParameterException(spec.commandLine(), message + file);
    }
  }

  /** Returns the class path of their JVMs, with the part of Gild that runs agents. */
  String wholePath() throws IOException {
    return wholeClassPath() + File.pathSeparator + ownClassPath();
  }

  /** Returns where golden files are, sources first, so that messages name the file to edit. */
  List<Path> resources() {
    Set<Path> folders = new LinkedHashSet<>();
    folders.add(project.resolve("src/main/resources").toAbsolutePath());
    folders.add(project.resolve("src/test/resources").toAbsolutePath());
    return List.copyOf(folders);
  }

  /** Returns the entries of the agents' class path. */
  List<Path> entries() throws IOException {
    List<Path> entries = new ArrayList<>();
    for (String entry : wholeClassPath().split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        entries.add(Path.of(entry));
      }
    }
    return entries;
  }

  private String wholeClassPath() throws IOException {
    String known = wholeClassPath;
    if (known == null) {
      known = classPath != null ? absolute(classPath) : new MavenClassPath(project, spec).read();
      wholeClassPath = known;
    }
    return known;
  }

  private String absolute(String path) {
    List<String> entries = new ArrayList<>();
    for (String entry : CommandClassPath.entries(path, Path.of("")).split(File.pathSeparator)) {
      Path named = Path.of(entry).toAbsolutePath();
      if (!Files.exists(named)) {
        throw new ParameterException(
            spec.commandLine(), "--classpath names " + entry + ", which does not exist");
      }
      entries.add(named.toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  /**
   * Returns the class path of this command: the agents' JVMs need the part of it that runs them.
   */
  private static String ownClassPath() throws IOException {
    String own = System.getProperty("java.class.path");
    Path jar = Path.of(own);
    if (own.contains(File.pathSeparator) || !Files.isRegularFile(jar)) {
      return own;
    }
    Path lib = jar.toAbsolutePath().resolveSibling("lib");
    return lib + File.separator + "*";
  }
}
