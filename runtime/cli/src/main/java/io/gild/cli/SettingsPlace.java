package io.gild.cli;

import io.gild.config.Settings;
import io.gild.config.SettingsBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where an application keeps its settings and data. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SettingsPlace {

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      defaultValue = "gild.yaml",
      description = "the application's settings (default: ${DEFAULT-VALUE}, if it exists)")
  private Path settings;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "where the data is (default: data in the settings)")
  private @Nullable Path data;

  /** Reads the settings; a file that the command line names must exist. */
  Settings load(CommandSpec command) {
    return builder(command).build();
  }

  /** Reads the settings, with another value for one of them. */
  Settings load(CommandSpec command, String property, String value) {
    return builder(command).property(property, value).build();
  }

  private SettingsBuilder builder(CommandSpec command) {
    boolean named = command.commandLine().getParseResult().hasMatchedOption("--settings");
    SettingsBuilder builder = Settings.ofThisJvm();
    if (named || Files.exists(settings)) {
      builder.file(settings);
    }
    if (data != null) {
      builder.property("gild.data", data.toString());
    }
    return builder;
  }
}
