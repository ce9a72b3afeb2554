package io.gild.cli;

import io.gild.config.Settings;
import io.gild.config.SettingsException;
import io.gild.gates.GateRun;
import io.gild.gates.Gates;
import io.gild.gates.Gates.Stage;
import io.gild.gates.QualityGate;
import io.gild.gates.RunInfo;
import io.gild.gates.ShardedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that select the results to judge and the gate that judges them. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GateOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--run",
      paramLabel = "FOLDER",
      description = {
        "a folder of results, such as target/gild/results (default: the latest run)",
        "Repeat it for the shards of a run, or name the folder that has them."
      })
  private List<Path> runs = List.of();

  @Option(
      names = "--stage",
      defaultValue = "dev-to-staging",
      description =
          "the gate: dev-to-staging, staging-to-production or production (default:"
              + " ${DEFAULT-VALUE})")
  private String stage;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the settings with the gates (default: gild.yaml, if it is there)")
  private @Nullable Path config;

  @Option(names = "--app-version", description = "version of the application at the gate")
  private @Nullable String version;

  @Option(
      names = "--load-test",
      paramLabel = "FILE",
      description = "the report of a load test; may be repeated")
  private List<Path> loadTests = List.of();

  @Option(
      names = "--live",
      paramLabel = "URL|FILE",
      description =
          "the scrape endpoint or report of an application that serves users; may be repeated")
  private List<String> live = List.of();

  @Option(
      names = "--baseline",
      paramLabel = "FOLDER",
      description = "the results of an earlier version to compare with")
  private @Nullable Path baseline;

  @Option(
      names = "--docs",
      paramLabel = "FOLDER",
      defaultValue = "docs/agents",
      description = "where NAME.md describes an agent (default: ${DEFAULT-VALUE})")
  private Path docs;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = ".gild",
      description = "where runs, history and audit log are kept (default: ${DEFAULT-VALUE})")
  private Path data;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "where the reports go (default: report, in the folder of the results, or of the data if"
              + " there are several)")
  private @Nullable Path out;

  GateRun gateRun() throws IOException {
    List<Path> folders = folders();
    ShardedRun read = ShardedRun.read(folders);
    read.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
    if (read.results().isEmpty()) {
      throw new ParameterException(spec.commandLine(), "there are no results in " + names(folders));
    }
    RunInfo info = read.info();
    Settings settings = settings();
    QualityGate gate = QualityGate.of(stage(), settings);
    String given = version;
    return new GateRun(
        String.valueOf(Path.of("").toAbsolutePath().getFileName()),
        given == null ? info.version() : given,
        gate,
        info.agents(),
        read.results(),
        docs(),
        settings.get(Gates.SECTION).overrides(),
        loadTests,
        live,
        baseline,
        true,
        data,
        Instant.now());
  }

  /** Returns where the reports go. */
  Path out() throws IOException {
    if (out != null) {
      return out;
    }
    List<Path> folders = folders();
    return folders.size() == 1 ? folders.get(0).resolve("report") : data.resolve("report");
  }

  private List<Path> folders() throws IOException {
    return runs.isEmpty() ? List.of(new Runs(data).latestFinished(spec)) : runs;
  }

  private static String names(List<Path> folders) {
    return folders.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  private Path docs() {
    boolean named = spec.commandLine().getParseResult().hasMatchedOption("--docs");
    if (named && !Files.isDirectory(docs)) {
      throw new ParameterException(
          spec.commandLine(), "no folder " + docs + " with descriptions of agents for --docs");
    }
    return docs;
  }

  private Stage stage() {
    try {
      return Stage.named(stage);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--stage " + e.getMessage());
    }
  }

  private Settings settings() {
    Path file = config == null ? Path.of("gild.yaml") : config;
    try {
      return config == null && !Files.exists(file)
          ? Settings.defaults()
          : Settings.builder().file(file).build();
    } catch (SettingsException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }
}
