package io.gild.cli;

import io.gild.config.Json;
import io.gild.config.Printable;
import io.gild.config.Settings;
import io.gild.recording.Cassette;
import io.gild.twin.Simulation;
import io.gild.twin.SimulationReport;
import io.gild.twin.TwinException;
import io.gild.twin.TwinFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a twin on recorded traffic with something changed. */
@Command(
    name = "simulate",
    description =
        "Runs a twin on recorded traffic with other settings, another model or other code, and"
            + " prints what would have changed in answers, cost and latency. No model is called.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TwinSimulateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TWIN", description = "the twin")
  private Path file;

  @Option(
      names = "--cassette",
      paramLabel = "FILE",
      required = true,
      description = "the recorded traffic, of gild record")
  private Path cassette;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "a gild.yaml in place of the twin's settings")
  private @Nullable Path settings;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "the model that all tokens are counted for")
  private @Nullable String model;

  @Option(
      names = {"--classpath", "-cp"},
      paramLabel = "PATH",
      description = "another version of the agent's classes, and their dependencies")
  private @Nullable String classPath;

  @Option(
      names = "--agent",
      paramLabel = "CLASS#METHOD",
      description = "the method of that version, such as com.acme.Desk#answer")
  private @Nullable String agent;

  @Option(
      names = "--javaagent",
      paramLabel = "JAR",
      defaultValue = "${sys:gild.agent.jar:-}",
      description = "Gild's javaagent, through which the cassette answers that version")
  private String javaagent;

  @Option(names = "--json", description = "print the report as JSON")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if ((classPath == null) != (agent == null)) {
      throw new ParameterException(
          spec.commandLine(), "--classpath and --agent CLASS#METHOD belong together");
    }
    return TwinPlace.run(spec, this::simulate);
  }

  private int simulate() throws IOException {
    Cassette recorded = TwinSources.read(cassette);
    Simulation.Builder builder =
        Simulation.builder(TwinFile.open(file).twin(), recorded).model(model);
    Path other = settings;
    if (other != null) {
      if (!Files.isRegularFile(other)) {
        throw new TwinException("no settings " + other);
      }
      builder.settings(Settings.builder().file(other).build());
    }
    SimulationReport report = builder.build().run();
    print(report, compared(recorded));
    return 0;
  }

  private RecordedAnswers.@Nullable Compared compared(Cassette recorded) throws IOException {
    String path = classPath;
    String method = agent;
    if (path == null || method == null) {
      return null;
    }
    List<String> options =
        new ArrayList<>(
            List.of("--agent", method, "--classpath", path, "--replay", cassette.toString()));
    if (!javaagent.isEmpty()) {
      options.addAll(List.of("--javaagent", javaagent));
    }
    Path other = settings;
    if (other != null) {
      options.addAll(List.of("--config", other.toString()));
    }
    return new RecordedAnswers(recorded, method).ask(options);
  }

  private void print(SimulationReport report, RecordedAnswers.@Nullable Compared code) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, @Nullable Object> all = new LinkedHashMap<>(report.json());
      if (code != null) {
        all.put("code", code.json());
      }
      out.println(Json.pretty(all));
      return;
    }
    report.text().forEach(line -> out.println(Printable.of(line)));
    if (code != null) {
      code.text().forEach(out::println);
    }
  }
}
