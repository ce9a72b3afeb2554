package io.gild.cli;

import io.gild.config.Durations;
import io.gild.config.Settings;
import io.gild.core.Tier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Watches an application and prints its agents, their cost and useful policies. */
@Command(
    name = "inventory",
    description =
        "Watches an application, unchanged, and prints the agents, models and tools it uses, with"
            + " calls, tokens and cost, and a gild.yaml that would govern them.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InventoryCommand implements Callable<Integer> {

  private static final int WRONG = 1;
  private static final String STANDARD_OUT = "-";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "PID | -- COMMAND",
      description = "the process to watch, or the command to start and watch to its end")
  private List<String> target = List.of();

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "watch for this long, such as 30s; otherwise until the end, Enter or Ctrl-C")
  private @Nullable Duration time;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write it as JSON; - prints that instead of the text")
  private @Nullable String json;

  @Option(
      names = "--yaml",
      paramLabel = "FILE",
      description = "write the proposed gild.yaml; - prints that instead of the text")
  private @Nullable String yaml;

  @Mixin private AgentOption agent;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (target.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "gild inventory needs a process id, or a command: gild inventory -- java -jar app.jar");
    }
    AgentJar jar = agent.jar();
    Path folder = Files.createTempDirectory("gild-inventory");
    try {
      Watching watching = jar.watch(target, "mode=inventory,report=" + folder.toAbsolutePath());
      return watching == null
          ? WRONG
          : new Ending(watching, () -> print(watching, folder)).await(time);
    } catch (AgentJar.CannotStart missing) {
      return wrong(String.valueOf(missing.getMessage()));
    }
  }

  private int print(Watching watching, Path folder) throws IOException {
    InventoryData seen = InventoryData.read(folder);
    delete(folder);
    if (seen.jvms().isEmpty()) {
      return wrong(
          watching.outcome()
              + " and no JVM of it reported anything: it must be Java 17 or later, and not killed"
              + " in its first second");
    }
    if (seen.places().isEmpty()) {
      return wrong(
          "no model call was seen in "
              + NumberText.seconds(seen.seconds())
              + "; libraries found: "
              + (seen.libraries().isEmpty() ? "none" : String.join(", ", seen.libraries())));
    }
    write(seen);
    return 0;
  }

  private static void delete(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  private void write(InventoryData seen) throws IOException {
    Proposer proposer = new Proposer(seen, Settings.defaults().get(Tier.SECTION));
    List<Proposal> proposals = proposer.proposals();
    String gildYaml = ProposedYaml.of(seen, proposals, proposer.budgets());
    PrintWriter out = spec.commandLine().getOut();
    boolean printed = put(json, InventoryJson.of(seen, proposals, gildYaml), out);
    printed |= put(yaml, gildYaml, out);
    if (!printed) {
      InventoryText.of(seen, proposals, gildYaml).forEach(out::println);
    }
    out.flush();
  }

  /** Returns whether the text went to standard output. */
  private static boolean put(@Nullable String file, String text, PrintWriter out)
      throws IOException {
    if (STANDARD_OUT.equals(file)) {
      out.print(text);
      return true;
    }
    if (file != null) {
      Files.writeString(Path.of(file), text);
    }
    return false;
  }

  private int wrong(String message) {
    spec.commandLine().getErr().println("gild: " + message);
    spec.commandLine().getErr().flush();
    return WRONG;
  }

  /** Reads durations in the format that all of Gild uses. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return Durations.parse(text);
      } catch (IllegalArgumentException wrong) {
        throw new CommandLine.TypeConversionException(wrong.getMessage());
      }
    }
  }
}
