package io.gild.maven;

import io.gild.config.GildYaml;
import io.gild.config.Settings;
import io.gild.config.SettingsException;
import io.gild.gates.AgentInfo;
import io.gild.gates.Gate;
import io.gild.gates.GateRun;
import io.gild.gates.Gates;
import io.gild.gates.Gates.Stage;
import io.gild.gates.QualityGate;
import io.gild.gates.ResultLog;
import io.gild.gates.ShardedRun;
import io.gild.gates.TaskKey;
import io.gild.gates.TaskResult;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.GoldenSet;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The common part of goals that read results of golden tasks. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
abstract class GatedMojo extends GildMojo {

  /** The build. */
  @Parameter(defaultValue = "${session}", readonly = true)
  @Nullable MavenSession session;

  /**
   * The settings file that defines the gates; it must exist. By default it is {@code gild.yaml} of
   * the module or, if that has none, of the nearest folder of the build above it.
   */
  @Parameter(property = "gild.config")
  @Nullable File config;

  /** The gate: {@code dev-to-staging}, {@code staging-to-production} or {@code production}. */
  @Parameter(property = "gild.stage", defaultValue = "dev-to-staging")
  String stage = Stage.DEV_TO_STAGING.toString();

  /** Share of tasks that must pass, from 0 to 1; overrides the settings. */
  @Parameter(property = "gild.threshold")
  @Nullable Double threshold;

  /** Whether tasks without a result are left out, as after {@code -Dgroups=smoke}. */
  @Parameter(property = "gild.partial", defaultValue = "false")
  boolean partial;

  /** The folder with the results of all shards, each in a folder of its own. */
  @Parameter(property = "gild.shards")
  @Nullable File shards;

  /** The folder with {@code NAME.md} for each agent that its annotation does not describe. */
  @Parameter(property = "gild.docs", defaultValue = "${project.basedir}/docs/agents")
  File docs;

  /** Reports of load tests. */
  @Parameter(property = "gild.loadTests")
  List<File> loadTests = List.of();

  /** Scrape endpoints and reports of applications that serve users. */
  @Parameter(property = "gild.live")
  List<String> live = List.of();

  /** A folder with the results of an earlier version, to be compared with. */
  @Parameter(property = "gild.baseline")
  @Nullable File baseline;

  /** Whether a version that is clearly worse than the baseline fails the gate. */
  @Parameter(property = "gild.noRegression", defaultValue = "true")
  boolean noRegression = true;

  /** The folder of the audit log and the history; it outlives {@code mvn clean}. */
  @Parameter(property = "gild.data", defaultValue = "${project.basedir}/.gild")
  File data;

  /** The folder of the reports. */
  @Parameter(property = "gild.reports", defaultValue = "${project.build.directory}/gild/report")
  File reportsDirectory;

  /** Reads the results; all of them must be readable. */
  List<TaskResult> results() throws MojoFailureException {
    Path folder = shards == null ? resultsDirectory.toPath() : shards.toPath();
    ShardedRun read;
    try {
      read = ShardedRun.read(List.of(folder));
    } catch (IOException e) {
      throw new MojoFailureException("Results cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new MojoFailureException(folder + ": " + e.getMessage(), e);
    }
    if (!read.problems().isEmpty()) {
      throw new MojoFailureException(
          "Results cannot be read. Delete them and run the tests again.\n  "
              + String.join("\n  ", read.problems()));
    }
    return read.results();
  }

  /** Returns whether this build runs a part of the golden tasks, and reports so. */
  boolean runsAShard() throws MojoFailureException {
    if (shards != null || shard().isWhole()) {
      return false;
    }
    getLog()
        .info(
            "Shard %s of the golden tasks: %d results in %s. Keep the folder; when all shards are there, gild:verify -Dgild.shards=FOLDER decides."
                .formatted(
                    shard(),
                    ResultLog.read(resultsDirectory.toPath()).results().size(),
                    resultsDirectory));
    return true;
  }

  GateRun gateRun(List<GoldenSet> sets, List<DeclaredAgent> agents, List<TaskResult> results)
      throws MojoFailureException {
    Settings settings = settings();
    Stage asked = stage();
    return new GateRun(
        String.valueOf(project.getName()),
        String.valueOf(project.getVersion()),
        QualityGate.of(asked, gate(settings.get(Gates.SECTION).of(asked)), settings),
        agents.stream().map(agent -> info(agent, sets, results)).toList(),
        results,
        docs(),
        project.getBasedir() == null
            ? settings.get(Gates.SECTION).overrides()
            : project.getBasedir().toPath().resolve(settings.get(Gates.SECTION).overrides()),
        loadTests.stream().map(File::toPath).toList(),
        live,
        baseline == null ? null : baseline.toPath(),
        noRegression,
        data.toPath(),
        Instant.now());
  }

  /** Returns the folder of descriptions; only the default one may be missing. */
  private Path docs() throws MojoFailureException {
    File folder = project.getBasedir();
    boolean named = folder != null && !docs.equals(new File(folder, "docs/agents"));
    if (named && !docs.isDirectory()) {
      throw new MojoFailureException(
          "gild.docs names " + docs + ", which does not exist. Name a folder that does, or none.");
    }
    return docs.toPath();
  }

  private Stage stage() throws MojoFailureException {
    try {
      return Stage.named(stage);
    } catch (IllegalArgumentException e) {
      throw new MojoFailureException("gild.stage " + e.getMessage());
    }
  }

  private Gate gate(Gate written) throws MojoFailureException {
    Double share = threshold;
    if (share != null && !(share >= 0 && share <= 1)) {
      throw new MojoFailureException(
          "gild.threshold must be from 0 to 1, but is " + share + ". Write 0.8 for 80 %.");
    }
    return new Gate(
        share == null ? written.passRate() : share,
        written.decide(),
        written.confidence(),
        written.maxUndecided(),
        partial ? 0 : written.minTasks(),
        written.docs(),
        written.cost(),
        written.loadTest(),
        written.live());
  }

  private AgentInfo info(DeclaredAgent agent, List<GoldenSet> sets, List<TaskResult> results) {
    List<String> tasks =
        sets.stream()
            .filter(set -> set.agent().equals(agent))
            .flatMap(set -> set.tasks().stream())
            .map(task -> task.spec().id())
            .filter(id -> !partial || hasResult(new TaskKey(agent.name(), id), results))
            .toList();
    return new AgentInfo(agent.name(), agent.description(), tasks, agent.type());
  }

  static boolean hasResult(TaskKey key, List<TaskResult> results) {
    return results.stream().anyMatch(result -> result.key().equals(key));
  }

  private Settings settings() throws MojoFailureException {
    Path file = settingsFile();
    try {
      return file == null ? Settings.defaults() : Settings.builder().file(file).build();
    } catch (SettingsException e) {
      throw new MojoFailureException("The settings are wrong:\n  " + e.getMessage(), e);
    }
  }

  private @Nullable Path settingsFile() throws MojoFailureException {
    File named = config;
    File folder = project.getBasedir();
    if (named == null) {
      return folder == null ? null : GildYaml.of(folder.toPath());
    }
    if (named.exists()) {
      return named.toPath();
    }
    Path ofTheBuild = ofTheBuild(named.toPath());
    if (ofTheBuild == null) {
      throw new MojoFailureException(
          "gild.config names " + named + ", which does not exist. Name a file that does, or none.");
    }
    return ofTheBuild;
  }

  /**
   * Resolves a file of the command line, for all modules, against the folder where Maven started.
   */
  private @Nullable Path ofTheBuild(Path named) {
    File folder = project.getBasedir();
    String root = session == null ? null : session.getExecutionRootDirectory();
    if (folder == null || root == null || !named.startsWith(folder.toPath())) {
      return null;
    }
    Path file = Path.of(root).resolve(folder.toPath().relativize(named));
    return Files.exists(file) ? file : null;
  }
}
