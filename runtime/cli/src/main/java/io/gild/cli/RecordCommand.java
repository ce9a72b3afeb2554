package io.gild.cli;

import io.gild.config.PrivateFiles;
import io.gild.recording.Cassette;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Records the answers of models and tools, and proposes golden tasks for them. */
@Command(
    name = "record",
    description = {
      "Runs an application, unchanged, and writes the answers of models and tools to a cassette,"
          + " without secrets, and golden tasks for the answers of its agents.",
      "gild eval --replay and gild replay run against the cassette, offline."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RecordCommand implements Callable<Integer> {

  private static final int WRONG = 1;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "PID | -- COMMAND",
      description = "the process to record, or the command to start and record to its end")
  private List<String> target = List.of();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = ".gild/recording",
      description = "where cassette.jsonl and the golden tasks go (default: ${DEFAULT-VALUE})")
  private Path out;

  @Option(
      names = "--agent-method",
      paramLabel = "CLASS#METHOD",
      description =
          "a method whose calls become golden tasks, such as com.acme.Desk#answer; may be repeated."
              + " Methods that are annotated, or named in gild.yaml, are always included")
  private List<String> methods = List.of();

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = InventoryCommand.DurationConverter.class,
      description = "record for this long, such as 30s; otherwise until the end, Enter or Ctrl-C")
  private @Nullable Duration time;

  @Option(names = "--config", paramLabel = "FILE", description = "the gild.yaml that names agents")
  private @Nullable Path config;

  @Option(
      names = "--scrub-pii",
      description =
          "leave out mail addresses, telephone, card, account and social security numbers too")
  private boolean personal;

  @Mixin private AgentOption agent;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (target.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "gild record needs a process id, or a command: gild record -- java -jar app.jar");
    }
    if (config != null && !Files.isRegularFile(config)) {
      throw new ParameterException(spec.commandLine(), "no settings " + config + " for --config");
    }
    AgentJar jar = agent.jar();
    PrivateFiles.createDirectories(out);
    try {
      String classPath = classPath();
      Watching watching = jar.watch(target, options());
      return watching == null
          ? WRONG
          : new Ending(watching, () -> propose(watching, classPath)).await(time);
    } catch (AgentJar.CannotStart missing) {
      return wrong(String.valueOf(missing.getMessage()));
    }
  }

  private Path cassette() {
    return out.resolve("cassette.jsonl").toAbsolutePath();
  }

  private String options() {
    List<String> options = new ArrayList<>(List.of("record=" + cassette()));
    if (!methods.isEmpty()) {
      options.add("include=" + String.join(";", methods));
    }
    if (config != null) {
      options.add("config=" + config.toAbsolutePath());
    }
    if (personal) {
      options.add("scrub-pii");
    }
    return String.join(",", options);
  }

  private @Nullable String classPath() {
    String first = target.get(0);
    return target.size() == 1 && first.matches("\\d+")
        ? CommandClassPath.ofProcess(first)
        : CommandClassPath.of(target, Path.of(""), System.getenv());
  }

  private int propose(Watching watching, @Nullable String classPath) throws IOException {
    if (!Files.isRegularFile(cassette())) {
      return wrong(
          watching.outcome()
              + ", and no model, tool or agent was called: there is nothing to record. gild inventory"
              + " lists the libraries it has");
    }
    Cassette cassette = Cassette.read(cassette().toString(), Files.readString(cassette()));
    PrintWriter printer = spec.commandLine().getOut();
    int exchanges = cassette.calls().stream().mapToInt(call -> call.exchanges().size()).sum();
    printer.println(
        "Recorded "
            + NumberText.count(exchanges, "exchange")
            + ": "
            + out.resolve("cassette.jsonl"));
    List<ProposedTasks> proposed = ProposedTasks.of(cassette);
    for (ProposedTasks tasks : proposed) {
      String name = proposed.size() == 1 ? "golden.yaml" : "golden-" + tasks.name() + ".yaml";
      Path file = out.resolve(name);
      String command = tasks.command(file, out.resolve("cassette.jsonl"), classPath);
      PrivateFiles.write(file, tasks.yaml(name, command));
      printer.println("Proposed " + NumberText.count(tasks.count(), "golden task") + ": " + file);
      printer.println("They run offline with: " + command);
    }
    if (proposed.isEmpty()) {
      printer.println(advice(cassette));
    }
    printer.flush();
    return 0;
  }

  private static String advice(Cassette cassette) {
    List<String> entries = ProposedTasks.entries(cassette);
    return "No golden task is proposed, since no agent was named: "
        + (entries.isEmpty()
            ? "name its method with --agent-method CLASS#METHOD."
            : "record again with --agent-method "
                + String.join(" or --agent-method ", entries)
                + ", where models were called.");
  }

  private int wrong(String message) {
    spec.commandLine().getErr().println("gild: " + message);
    spec.commandLine().getErr().flush();
    return WRONG;
  }
}
