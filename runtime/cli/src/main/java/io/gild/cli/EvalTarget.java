package io.gild.cli;

import io.gild.evaluation.WorkerCommand;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.GoldenSet;
import io.gild.golden.GoldenSources;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that select the agents to evaluate and how they are started. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EvalTarget {

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
      names = "--agent",
      paramLabel = "CLASS#METHOD",
      description = "an agent that Gild's processor has not seen, such as com.acme.Desk#answer")
  private @Nullable String agent;

  @Option(
      names = "--tasks",
      paramLabel = "FILE",
      description = "the golden tasks of that agent: YAML, JSONL or CSV")
  private @Nullable Path tasks;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "the name of that agent (default: that of its class)")
  private @Nullable String name;

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

  @Option(
      names = "--replay",
      paramLabel = "CASSETTE",
      description =
          "the cassette of gild record that answers for models and tools; nothing else does")
  private @Nullable Path replay;

  @Option(
      names = "--replay-ignore",
      paramLabel = "POINTER",
      description =
          "a value that may differ from the recording, as a JSON pointer such as"
              + " /messages/0/content; * is any name or number; may be repeated")
  private List<String> ignored = List.of();

  private @Nullable String wholeClassPath;

  /** Returns the golden tasks of all agents that have some. */
  List<GoldenSet> sets() throws IOException {
    String named = agent;
    List<GoldenSet> sets = new ArrayList<>();
    if (named != null) {
      if (tasks == null) {
        throw new ParameterException(
            spec.commandLine(), "--agent needs the file of its golden tasks: --tasks FILE");
      }
      existing(tasks, "no golden tasks ");
      sets.add(GoldenSet.of(undeclared(named, tasks), files()));
    } else {
      for (DeclaredAgent declared : ClassPathAgents.declared(entries())) {
        sets.add(GoldenSet.of(declared, files()));
      }
    }
    sets.removeIf(set -> set.tasks().isEmpty() && set.problems().isEmpty());
    List<String> sameNames = GoldenSet.sameNames(sets);
    if (!sameNames.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("\n", sameNames));
    }
    return sets;
  }

  private DeclaredAgent undeclared(String named, Path file) throws IOException {
    try {
      return ClassPathAgents.undeclared(entries(), named, name, file.toAbsolutePath().toString());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  /** Returns how the agents' JVMs are started. */
  WorkerCommand workers() throws IOException {
    List<String> options = new ArrayList<>();
    Path settings = config;
    if (!javaagent.isEmpty()) {
      if (!Files.isRegularFile(Path.of(javaagent))) {
        throw new ParameterException(spec.commandLine(), "no javaagent " + javaagent);
      }
      options.add("-Dgild.watch=true");
      options.add("-javaagent:" + Path.of(javaagent).toAbsolutePath());
    }
    replay(options);
    if (settings != null) {
      existing(settings, "no settings ");
      options.add("-Dgild.config=" + settings.toAbsolutePath());
    }
    options.addAll(jvmOptions);
    return new WorkerCommand(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        options,
        wholeClassPath() + File.pathSeparator + ownClassPath(),
        resources(),
        project.toAbsolutePath());
  }

  private void existing(Path file, String message) {
    if (!Files.isRegularFile(file)) {
      throw new ParameterException(spec.commandLine(), message + file);
    }
  }

  private void replay(List<String> options) {
    Path cassette = replay;
    if (cassette == null) {
      return;
    }
    if (!Files.isRegularFile(cassette)) {
      throw new ParameterException(
          spec.commandLine(), "no cassette " + cassette + "; gild record writes one");
    }
    if (javaagent.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--replay needs the javaagent: name its jar with --javaagent");
    }
    options.add("-Dgild.replay=" + cassette.toAbsolutePath());
    if (!ignored.isEmpty()) {
      options.add("-Dgild.replay.ignore=" + String.join(";", ignored));
    }
  }

  private Function<String, GoldenSet.@Nullable Source> files() {
    return GoldenSources.either(
        GoldenSources.inFolders(resources(), EvalTarget::shown),
        path -> {
          try {
            return ClassPathAgents.resource(entries(), path);
          } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
          }
        });
  }

  /** Returns the path of a file relative to the working folder. */
  private static String shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = file.toAbsolutePath().normalize();
    return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
  }

  /** Returns where golden files are, sources first, so that messages name the file to edit. */
  private List<Path> resources() {
    Set<Path> folders = new LinkedHashSet<>();
    folders.add(project.resolve("src/main/resources").toAbsolutePath());
    folders.add(project.resolve("src/test/resources").toAbsolutePath());
    return List.copyOf(folders);
  }

  private List<Path> entries() throws IOException {
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
   * Returns the class path of this command: the agents' JVMs need the part of it that runs tasks.
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
