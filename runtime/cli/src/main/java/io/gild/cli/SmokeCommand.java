package io.gild.cli;

import io.gild.config.Settings;
import io.gild.config.SettingsBuilder;
import io.gild.config.SettingsException;
import io.gild.smoke.ControlPoint;
import io.gild.smoke.SmokeException;
import io.gild.smoke.SmokeReport;
import io.gild.smoke.SmokeRun;
import io.gild.smoke.SmokeTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tests a running application. */
@Command(
    name = "smoke",
    description = {
      "Tests a running application: health, authentication, agent call, storage, cache, queue,"
          + " performance, telemetry. The section smoke of gild.yaml says how the agent is asked.",
      "Exit code: 0 nothing failed and at least one test passed, 1 otherwise, 2 wrong usage."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SmokeCommand implements Callable<Integer> {

  private static final String SETTINGS = "gild.yaml";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TARGET",
      description =
          "the application: its address, its process id, or its settings, such as gild.yaml")
  private String target;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description =
          "the application's settings (default: gild.yaml here or, for a process, in its folder, if"
              + " it exists)")
  private @Nullable Path settings;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "where the data is (default: data in the settings)")
  private @Nullable Path data;

  @Option(
      names = "--control",
      paramLabel = "URL",
      description = "the control endpoint (default: that of the process in the data folder)")
  private @Nullable URI control;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "file with the token of the control endpoint")
  private @Nullable Path tokenFile;

  @Option(
      names = "--agent",
      paramLabel = "NAME",
      description = "the agent that is asked (default: smoke.agent)")
  private @Nullable String agent;

  @Option(names = "--json", description = "prints the report as JSON")
  private boolean json;

  @Option(names = "--junit", paramLabel = "FILE", description = "writes the report as JUnit XML")
  private @Nullable Path junit;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if ((control == null) != (tokenFile == null)) {
      throw new ParameterException(
          spec.commandLine(), "--control and --token-file must be given together");
    }
    try {
      SmokeReport report = report();
      if (junit != null) {
        write(junit, report.junit());
      }
      spec.commandLine().getOut().println(json ? report.json() : report.text().stripTrailing());
      spec.commandLine().getOut().flush();
      return report.passed() ? 0 : 1;
    } catch (SettingsException wrong) {
      wrong.problems().forEach(spec.commandLine().getErr()::println);
    } catch (SmokeException | IllegalArgumentException wrong) {
      spec.commandLine().getErr().println("gild: " + wrong.getMessage());
    }
    return 1;
  }

  private SmokeReport report() throws IOException, InterruptedException {
    if (target.matches("\\d{1,10}")) {
      return ofProcess(Long.parseLong(target));
    }
    if (target.matches("(?i)https?://.*")) {
      Settings known = load(Path.of(SETTINGS), settings != null, null);
      return report(SmokeTarget.ofUrl(target, known), known);
    }
    if (settings != null) {
      throw new ParameterException(
          spec.commandLine(), "the settings are named twice: as " + target + " and by --settings");
    }
    if (!Files.exists(Path.of(target))) {
      throw new ParameterException(
          spec.commandLine(),
          "TARGET must be an http or https address, a process id or a file with settings, but is \""
              + target
              + "\"");
    }
    Settings known = load(Path.of(target), true, null);
    return report(SmokeTarget.ofSettings(known), known);
  }

  private SmokeReport ofProcess(long pid) throws IOException, InterruptedException {
    Path folder = folder(pid);
    Path file = folder == null ? Path.of(SETTINGS) : folder.resolve(SETTINGS);
    Settings known = load(file, settings != null, folder);
    return report(SmokeTarget.ofProcess(pid, known, known.data()), known);
  }

  /** Returns the folder in which a process was started, where the operating system reports it. */
  private static @Nullable Path folder(long pid) {
    try {
      return Path.of("/proc", Long.toString(pid), "cwd").toRealPath();
    } catch (IOException unknown) {
      return null;
    }
  }

  /**
   * Reads the settings.
   *
   * @param usual the file, unless the command line names one
   * @param folder folder to which the data folder is relative; {@code null} for the present one
   */
  private Settings load(Path usual, boolean required, @Nullable Path folder) {
    Path file = settings == null ? usual : settings;
    Settings read = builder(file, required).build();
    Path given = data == null && folder != null ? folder.resolve(read.data()) : data;
    return given == null
        ? read
        : builder(file, required).property("gild.data", given.toString()).build();
  }

  private SettingsBuilder builder(Path file, boolean required) {
    SettingsBuilder builder = Settings.ofThisJvm();
    if (required || Files.exists(file)) {
      builder.file(file);
    }
    if (agent != null) {
      builder.property("gild.smoke.agent", agent);
    }
    return builder;
  }

  private SmokeReport report(SmokeTarget found, Settings known)
      throws IOException, InterruptedException {
    SmokeTarget tested = found;
    if (control != null && tokenFile != null) {
      tested = found.withControl(ControlPoint.of(control, Files.readString(tokenFile)));
    }
    return SmokeRun.of(tested, known).report();
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text);
  }
}
