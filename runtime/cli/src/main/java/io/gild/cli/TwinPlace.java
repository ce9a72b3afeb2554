package io.gild.cli;

import io.gild.config.Settings;
import io.gild.config.SettingsBuilder;
import io.gild.config.SettingsException;
import io.gild.core.GildRuntime;
import io.gild.memory.MemoryException;
import io.gild.twin.TwinException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where the application of an agent keeps its settings and data. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TwinPlace {

  /** The status of a command that could not do its work; 1 is a negative result. */
  static final int IMPOSSIBLE = 2;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

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

  /** Uses an application. */
  interface Use {
    int with(GildRuntime runtime) throws IOException;
  }

  /** Work that may turn out to be impossible. */
  interface Work {
    int run() throws IOException;
  }

  /** Builds a runtime without modules: nothing is started, and no report is written. */
  int with(Use use) throws IOException {
    return run(
        spec,
        () -> {
          try (GildRuntime runtime = GildRuntime.builder().settings(load()).build()) {
            return use.with(runtime);
          }
        });
  }

  /** Prints why work is impossible. */
  static int run(CommandSpec spec, Work work) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      return work.run();
    } catch (SettingsException wrong) {
      wrong.problems().forEach(err::println);
    } catch (TwinException | MemoryException | IllegalArgumentException wrong) {
      err.println("gild: " + wrong.getMessage());
    }
    return IMPOSSIBLE;
  }

  private Settings load() {
    boolean named = spec.commandLine().getParseResult().hasMatchedOption("--settings");
    SettingsBuilder builder = Settings.ofThisJvm();
    if (named || Files.exists(settings)) {
      builder.file(settings);
    }
    if (data != null) {
      builder.property("gild.data", data.toString());
    }
    return builder.build();
  }
}
