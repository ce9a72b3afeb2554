package com.acme.newsroom;

import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.A2aRole;
import io.gild.a2a.client.A2aClient;
import io.gild.config.Json;
import io.gild.orchestration.RunRecord;
import io.gild.orchestration.RunState;
import io.gild.orchestration.StepRecord;
import io.gild.orchestration.StoredRuns;
import io.gild.testkit.Latency;
import io.gild.testkit.ModelProvider;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Has articles written by four agents in four JVMs, kills two of the JVMs in the middle, and
 * reports what came of it.
 */
public final class NewsroomDemo {

  private static final List<String> TOPICS =
      List.of("Solar sails", "Public libraries", "Tide mills");
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private final String classPath;
  private final Path folder;
  private final PrintStream out;

  /**
   * Creates the demo.
   *
   * @param classPath class path of the agents
   * @param folder where its files and reports go
   * @param out where it prints
   */
  public NewsroomDemo(String classPath, Path folder, PrintStream out) {
    this.classPath = classPath;
    this.folder = folder.toAbsolutePath();
    this.out = out;
  }

  /**
   * Runs the demo.
   *
   * @return 0 if every article was written, 1 otherwise
   */
  public int run() throws Exception {
    Path state = folder.resolve("workflow-state");
    delete(state);
    Files.createDirectories(state);
    long start = System.nanoTime();
    try (ModelProvider provider =
            ModelProvider.builder()
                .answers(new OfflineAnswers())
                .latency(Latency.of(Duration.ofMillis(250), Duration.ofMillis(2)))
                .seed(7)
                .start();
        SpanReceiver spans = new SpanReceiver()) {
      Map<String, String> telemetry =
          Map.of(
              "OTEL_EXPORTER_OTLP_ENDPOINT", spans.endpoint(),
              "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
              "OTEL_METRICS_EXPORTER", "none",
              "OTEL_LOGS_EXPORTER", "none",
              "OTEL_BSP_SCHEDULE_DELAY", "200");
      String model = provider.openAiBaseUrl();
      try (AgentProcess research = agent("research", state, telemetry, model);
          AgentProcess writer = agent("writer", state, telemetry, model);
          AgentProcess reviewer = agent("reviewer", state, telemetry, model);
          AgentProcess coordinator =
              AgentProcess.start(
                  "coordinator",
                  classPath,
                  Coordinator.class,
                  telemetry,
                  state,
                  "PORT",
                  state.toString(),
                  research.url(),
                  writer.url(),
                  reviewer.url())) {
        out.println("Four agents run: coordinator, research, writer, reviewer.");
        assign(coordinator.url());
        List<RunRecord> runs = watch(state, writer, coordinator);
        Thread.sleep(500); // the last spans are under way
        int dead = deadLetters(coordinator.url());
        int kills = writer.kills() + coordinator.kills();
        NewsroomReport report = report(runs, state, dead, kills, spans, start);
        report.print(out);
        report.write(folder);
        out.println("Report: " + folder.resolve("workflow.html"));
        return report.runs().stream().allMatch(run -> run.state() == RunState.COMPLETED) ? 0 : 1;
      }
    }
  }

  private AgentProcess agent(String name, Path state, Map<String, String> telemetry, String model)
      throws Exception {
    return AgentProcess.start(
        name, classPath, AgentMain.class, telemetry, state, name, "PORT", model);
  }

  private static void assign(String coordinator) {
    A2aClient client = A2aClient.builder(coordinator).build();
    for (String topic : TOPICS) {
      client.send(
          new A2aMessage(
              topic.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'),
              null,
              null,
              A2aRole.USER,
              List.of(A2aPart.text(topic)),
              Map.of(),
              List.of(),
              List.of()));
    }
  }

  private static int deadLetters(String coordinator) {
    A2aClient client = A2aClient.builder(coordinator).skill(Coordinator.DEAD_LETTERS).build();
    return Integer.parseInt(client.ask("How many?"));
  }

  /** Waits for all articles, and kills the writer and the coordinator on the way. */
  private List<RunRecord> watch(Path state, AgentProcess writer, AgentProcess coordinator)
      throws Exception {
    StoredRuns stored = new StoredRuns(state.resolve("runs"));
    long end = System.nanoTime() + LONGEST.toNanos();
    List<RunRecord> runs = List.of();
    while (System.nanoTime() < end) {
      runs = stored.list(problem -> {});
      if (writer.kills() == 0 && runs.stream().anyMatch(run -> runs(run, "/write"))) {
        out.println("The writer is killed while it writes, and started again.");
        writer.killAndRestart();
      } else if (writer.kills() > 0
          && coordinator.kills() == 0
          && runs.stream().anyMatch(run -> runs(run, "/review"))) {
        out.println("The coordinator is killed in the middle of its runs, and started again.");
        coordinator.killAndRestart();
      }
      if (runs.size() == TOPICS.size() && runs.stream().allMatch(run -> run.state().isFinal())) {
        return oldestFirst(runs);
      }
      Thread.sleep(20);
    }
    return oldestFirst(runs);
  }

  private static List<RunRecord> oldestFirst(List<RunRecord> runs) {
    return runs.stream().sorted(Comparator.comparing(RunRecord::started)).toList();
  }

  private static boolean runs(RunRecord run, String step) {
    return run.steps().stream()
        .anyMatch(each -> each.state() == StepRecord.State.RUNNING && each.path().endsWith(step));
  }

  private static NewsroomReport report(
      List<RunRecord> runs, Path state, int dead, int kills, SpanReceiver spans, long start)
      throws IOException {
    List<String> deliveries = Files.readAllLines(state.resolve("deliveries.jsonl"));
    int again =
        (int)
            deliveries.stream()
                .filter(line -> Json.read(line) instanceof Map<?, ?> map && number(map) > 1)
                .count();
    StoredRuns stored = new StoredRuns(state.resolve("runs"));
    List<Integer> scores = new ArrayList<>();
    for (RunRecord run : runs) {
      scores.add(score(stored.results(run.id())));
    }
    return new NewsroomReport(
        runs,
        scores,
        TOPICS.size(),
        again,
        dead,
        kills,
        spans.tracesAcross(4),
        (System.nanoTime() - start) / 1e9);
  }

  private static int number(Map<?, ?> delivery) {
    return delivery.get("delivery") instanceof Number number ? number.intValue() : 0;
  }

  /** Returns the score in the last review. */
  private static int score(Map<String, ?> results) {
    int score = 0;
    for (Map.Entry<String, ?> result : results.entrySet()) {
      if (result.getKey().endsWith("/review")
          && result.getValue() instanceof Map<?, ?> article
          && article.get("v") instanceof Map<?, ?> values
          && values.get("score") instanceof Number number) {
        score = number.intValue();
      }
    }
    return score;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return remove(file);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, IOException failure) {
            return remove(each);
          }
        });
  }

  private static FileVisitResult remove(Path path) {
    try {
      Files.delete(path);
      return FileVisitResult.CONTINUE;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + path, e);
    }
  }
}
