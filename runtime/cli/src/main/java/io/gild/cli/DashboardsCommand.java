package io.gild.cli;

import io.gild.config.Settings;
import io.gild.config.SettingsException;
import io.gild.dashboards.Deployment;
import io.gild.dashboards.SloSettings;
import io.gild.dashboards.Vocabulary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes dashboards and alert rules. */
@Command(
    name = "dashboards",
    description = {
      "Writes dashboards for Grafana, rules for Prometheus and a configuration for Alertmanager, with"
          + " the objectives of the section slos of gild.yaml.",
      "Exit code: 0 written, 1 a file cannot be written, 2 wrong usage or wrong settings."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DashboardsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      defaultValue = "gild.yaml",
      description = "file with the objectives (default: gild.yaml, if it exists)")
  private Path settings;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "gild-dashboards",
      description = "where the files go (default: ${DEFAULT-VALUE})")
  private Path out;

  @Override
  public Integer call() {
    Deployment deployment;
    try {
      deployment = Deployment.of(Vocabulary.ofClassPath(), objectives());
    } catch (IllegalArgumentException | SettingsException impossible) {
      throw new ParameterException(spec.commandLine(), impossible.getMessage(), impossible);
    }
    PrintWriter writer = spec.commandLine().getOut();
    try {
      for (Map.Entry<String, String> file : new TreeMap<>(deployment.files()).entrySet()) {
        Path path = out.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
        writer.println(path);
      }
      return 0;
    } catch (IOException failure) {
      spec.commandLine().getErr().println("The files cannot be written to " + out + ": " + failure);
      return 1;
    }
  }

  private Map<String, SloSettings> objectives() {
    if (spec.commandLine().getParseResult().hasMatchedOption("--settings")
        && !Files.exists(settings)) {
      throw new ParameterException(spec.commandLine(), "There is no file " + settings + ".");
    }
    Settings found = Files.exists(settings) ? Settings.load(settings) : Settings.defaults();
    return found.get(SloSettings.SECTION);
  }
}
