package io.gild.demo;

import io.gild.testkit.Faults;
import io.gild.testkit.LoggedRequest;
import io.gild.testkit.ModelProvider;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs agents one after the other under the same conditions: the same questions, the same seed of
 * faults, the same models, and a fresh provider.
 */
final class Runner {

  static final long SEED = 5;
  static final double FAULT_RATE = 0.07;
  static final double LATENCY_SCALE = 0.1;

  /** The requests of the outage, by number; about a tenth of a run without retries. */
  static final long OUTAGE_FIRST = 250;

  static final long OUTAGE_LAST = 330;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int SDK_RETRIES = 2;

  private final Workload workload;
  private final DemoOptions options;
  private final Path folder;
  private final RunProgress progress;

  Runner(Workload workload, DemoOptions options, Path folder, RunProgress progress) {
    this.workload = workload;
    this.options = options;
    this.folder = folder;
    this.progress = progress;
  }

  /** A run and its scored figures. */
  record ScoredRun(Run run, Figures figures) {}

  ScoredRun run(AgentUnderTest agent) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    delete(ledger(agent));
    Path questions = folder.resolve("questions.jsonl");
    workload.write(questions);
    return options.real() ? runReal(agent, questions) : runLoopback(agent, questions);
  }

  /** Deletes the ledger of an earlier run. */
  private static void delete(Path ledger) throws IOException {
    if (Files.isDirectory(ledger)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(ledger)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
    }
  }

  private ScoredRun runLoopback(AgentUnderTest agent, Path questions)
      throws IOException, InterruptedException {
    DemoAnswers answers = new DemoAnswers();
    try (ModelProvider provider = provider(answers)) {
      Map<String, String> environment =
          Map.of("OPENAI_BASE_URL", provider.openAiBaseUrl(), "OPENAI_API_KEY", "none");
      ChildRun.Result result = child(environment, agent).run(agent, questions);
      provider.writeLog(folder.resolve(agent.name() + "-requests.jsonl"));
      Run run = run(agent, result, provider.requests());
      return new ScoredRun(run, new RunScorer(workload).score(run, answers::givenFor));
    }
  }

  private ScoredRun runReal(AgentUnderTest agent, Path questions)
      throws IOException, InterruptedException {
    Run run = run(agent, child(Map.of(), agent).run(agent, questions), List.of());
    return new ScoredRun(run, new RunScorer(workload).score(run, null));
  }

  private static Run run(
      AgentUnderTest agent, ChildRun.Result result, List<LoggedRequest> requests) {
    return new Run(agent.name(), result.replies(), requests, result.gild(), result.seconds());
  }

  private ModelProvider provider(DemoAnswers answers) {
    Duration retryAfter = Duration.ofMillis((long) (RETRY_AFTER.toMillis() * LATENCY_SCALE));
    Faults faults = Faults.rate(FAULT_RATE);
    ModelProvider.Builder builder =
        ModelProvider.builder()
            .seed(SEED)
            .answers(answers)
            .faults(faults)
            .retryAfter(retryAfter)
            .latency(DemoModel.LARGE.latency().scaled(LATENCY_SCALE));
    for (DemoModel model : DemoModel.ALL) {
      builder.latency(model.name(), model.latency().scaled(LATENCY_SCALE));
    }
    if (options.sdkRetries()) {
      builder.faults(DemoModel.LARGE.name(), faults.outage(OUTAGE_FIRST, OUTAGE_LAST));
    }
    return builder.start();
  }

  /** Returns where the ledger of a governed agent is. */
  Path ledger(AgentUnderTest agent) {
    return folder.resolve(agent.name() + "-ledger").toAbsolutePath();
  }

  private ChildRun child(Map<String, String> environment, AgentUnderTest agent) {
    List<String> properties = new ArrayList<>();
    if (options.sdkRetries()) {
      properties.add("-Dsupport.maxRetries=" + SDK_RETRIES);
    }
    if (agent.hasConsole()) {
      properties.add("-Dgild.ledger.enabled=true");
      properties.add("-Dgild.ledger.folder=" + ledger(agent));
    }
    ConsoleOfRun console = new ConsoleOfRun(progress, options.console() && agent.hasConsole());
    properties.addAll(console.properties());
    return new ChildRun(folder, progress, console, environment, properties);
  }
}
