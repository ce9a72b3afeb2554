package io.gild.cli;

import io.gild.evaluation.WorkerCommand;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.GoldenSet;
import io.gild.golden.GoldenSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that select the agents to evaluate and their golden tasks. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EvalTarget {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private AgentJvm jvm;

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

  /** Sets the JVMs in which the agents run; called before all else. */
  EvalTarget in(AgentJvm agents) {
    jvm = agents;
    return this;
  }

  /** Returns the golden tasks of all agents that have some. */
  List<GoldenSet> sets() throws IOException {
    String named = agent;
    List<GoldenSet> sets = new ArrayList<>();
    if (named != null) {
      if (tasks == null) {
        throw new ParameterException(
            spec.commandLine(), "--agent needs the file of its golden tasks: --tasks FILE");
      }
      jvm.existing(tasks, "no golden tasks ");
      sets.add(GoldenSet.of(undeclared(named, tasks), files()));
    } else {
      for (DeclaredAgent declared : ClassPathAgents.declared(jvm.entries())) {
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
      return ClassPathAgents.undeclared(
          jvm.entries(), named, name, file.toAbsolutePath().toString());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  /** Returns how the agents' JVMs are started. */
  WorkerCommand workers() throws IOException {
    List<String> options = new ArrayList<>(replayOptions());
    options.addAll(jvm.options(List.of()));
    return new WorkerCommand(
        AgentJvm.java(), options, jvm.wholePath(), jvm.resources(), jvm.folder());
  }

  private List<String> replayOptions() {
    List<String> options = new ArrayList<>();
    Path cassette = replay;
    if (cassette == null) {
      return options;
    }
    if (!Files.isRegularFile(cassette)) {
      throw new ParameterException(
          spec.commandLine(), "no cassette " + cassette + "; gild record writes one");
    }
    if (!jvm.hasJavaagent()) {
      throw new ParameterException(
          spec.commandLine(), "--replay needs the javaagent: name its jar with --javaagent");
    }
    options.add("-Dgild.replay=" + cassette.toAbsolutePath());
    if (!ignored.isEmpty()) {
      options.add("-Dgild.replay.ignore=" + String.join(";", ignored));
    }
    return options;
  }

  private Function<String, GoldenSet.@Nullable Source> files() {
    return GoldenSources.either(
        GoldenSources.inFolders(jvm.resources(), EvalTarget::shown),
        path -> {
          try {
            return ClassPathAgents.resource(jvm.entries(), path);
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
}
