package io.gild.cli;

import io.gild.config.Settings;
import io.gild.config.SettingsException;
import io.gild.config.SettingsSchema;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the settings in force, each with its origin, or the schema for editors. */
@Command(
    name = "config",
    description = "Prints the settings in force, each with the place it comes from.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConfigCommand implements Callable<Integer> {

  private static final int WRONG = 1;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "gild.yaml",
      description = "the file to read (default: ${DEFAULT-VALUE}, if it exists)")
  private Path file;

  @Option(names = "--schema", description = "print the JSON Schema of gild.yaml instead")
  private boolean schema;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (schema) {
      out.println(SettingsSchema.json());
      return 0;
    }
    try {
      print(settings(), out);
      return 0;
    } catch (SettingsException wrong) {
      wrong.problems().forEach(spec.commandLine().getErr()::println);
      return WRONG;
    }
  }

  private Settings settings() {
    boolean named = !spec.commandLine().getParseResult().matchedPositionals().isEmpty();
    return named || Files.exists(file) ? Settings.load(file) : Settings.ofThisJvm().build();
  }

  private static void print(Settings settings, PrintWriter out) {
    List<List<String>> rows =
        settings.effective().stream()
            .filter(setting -> !setting.path().startsWith("prices."))
            .map(setting ->
                List.of(
                    setting.path(), String.valueOf(setting.value()), setting.origin().toString()))
            .toList();
    Columns.of(rows).forEach(out::println);
  }
}
