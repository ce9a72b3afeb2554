package io.gild.cli;

import io.gild.config.Settings;
import io.gild.config.SettingsException;
import io.gild.config.SettingsSchema;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the effective settings, each with its origin, or the schema for editors. */
@Command(
    name = "config",
    description = "Prints the effective settings, each with its origin.",
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

  @Option(
      names = "--check",
      description =
          "print only mistakes, and with --classpath also the rules that match nothing there")
  private boolean check;

  @Option(
      names = {"--classpath", "-cp"},
      paramLabel = "PATH",
      description = "the application's classes; they are read, not loaded")
  private @Nullable String classPath;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (schema) {
      out.println(SettingsSchema.json());
      return 0;
    }
    try {
      Settings settings = settings();
      if (check) {
        return check(settings, out);
      }
      print(settings, out);
      return 0;
    } catch (SettingsException wrong) {
      wrong.problems().forEach(spec.commandLine().getErr()::println);
      return WRONG;
    }
  }

  private int check(Settings settings, PrintWriter out) throws IOException {
    int rules = settings.agents().size() + RuleCheck.served(settings).size();
    if (classPath == null) {
      out.println(
          "No mistake found. "
              + (rules == 0
                  ? "It has no rules for agents."
                  : "Use --classpath to check that its " + rules + " rules match."));
      return 0;
    }
    List<Path> entries = Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toList();
    for (Path entry : entries) {
      if (!Files.exists(entry)) {
        spec.commandLine().getErr().println("gild: no file " + entry + " of --classpath");
        return WRONG;
      }
    }
    List<String> unmatched = new RuleCheck(entries).unmatched(settings);
    unmatched.forEach(spec.commandLine().getErr()::println);
    if (unmatched.isEmpty()) {
      out.println("No mistake found. All " + rules + " rules match.");
    }
    return unmatched.isEmpty() ? 0 : WRONG;
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
