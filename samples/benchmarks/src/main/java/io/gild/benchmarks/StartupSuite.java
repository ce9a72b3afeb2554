package io.gild.benchmarks;

import io.gild.testkit.ModelProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a javaagent adds to the start of an application on Spring Boot: CPU time and memory until it
 * answers, and after its first model call; all sides in turn, a fresh JVM each.
 */
final class StartupSuite {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MEGABYTE = 1024.0 * 1024;
  private static final int RUNS = 5;

  private static final String GOVERNED =
      """
      mode: enforce
      agents:
        - match: com.acme.support.SupportAgent#*
          name: support
          retry: {max-attempts: 3}
          circuit-breaker: {}
      """;

  /** The measurements of one side. */
  private record Measurements(Samples idle, Samples answered, Samples memory) {

    Measurements() {
      this(new Samples(), new Samples(), new Samples());
    }
  }

  private final Map<String, List<String>> sides = new LinkedHashMap<>();
  private final Map<String, Measurements> measured = new LinkedHashMap<>();

  private StartupSuite(Path folder) throws IOException {
    Path configuration = Files.writeString(folder.resolve("gild.yaml"), GOVERNED);
    sides.put("none", List.of());
    sides.put("empty-agent", List.of(Agents.empty(folder)));
    sides.put("gild-idle", List.of(Agents.idleGild()));
    sides.put("gild-governing", List.of(Agents.gild(configuration)));
    sides.put(
        "opentelemetry",
        List.of(
            Agents.openTelemetry(),
            "-Dotel.traces.exporter=none",
            "-Dotel.metrics.exporter=none",
            "-Dotel.logs.exporter=none"));
    sides.keySet().forEach(side -> measured.put(side, new Measurements()));
  }

  static List<Row> run(BenchmarkOptions options, Consumer<String> progress) throws Exception {
    Path folder = Files.createTempDirectory("gild-bench-startup");
    int runs = options.effort().equals(Effort.USUAL) ? RUNS : options.effort().rounds();
    StartupSuite suite = new StartupSuite(folder);
    try (ModelProvider provider = ModelProvider.builder().start()) {
      for (int i = 0; i <= runs; i++) {
        for (String side : suite.sides.keySet()) {
          progress.accept("startup of " + side + ", round " + i + " of " + runs);
          suite.measure(side, provider.openAiBaseUrl(), i > 0);
        }
      }
    }
    return suite.rows();
  }

  private void measure(String side, String models, boolean counts) throws Exception {
    Path java = Path.of(System.getProperty("java.home"));
    long start = System.nanoTime();
    try (SpringApp app = SpringApp.start(java, sides.getOrDefault(side, List.of()), models)) {
      double wall = (System.nanoTime() - start) / NANOS_PER_MILLI;
      double idle = app.cpu().toNanos() / NANOS_PER_MILLI;
      app.get("/answer?question=hello");
      double answered = app.cpu().toNanos() / NANOS_PER_MILLI;
      if (counts) {
        Measurements own = Objects.requireNonNull(measured.get(side));
        own.idle().add(wall, idle);
        own.answered().add(wall, answered);
        own.memory().add(app.peakMemory() / MEGABYTE, app.peakMemory() / MEGABYTE);
      }
    }
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    Measurements none = Objects.requireNonNull(measured.get("none"));
    measured.forEach((side, own) -> {
      if (own != none) {
        String what = "Spring Boot until it answers";
        rows.add(
            new Row(
                "startup-" + side + " / none",
                "ms",
                own.idle().score(),
                none.idle().score(),
                what));
        rows.add(
            new Row(
                "first-answer-" + side + " / none",
                "ms",
                own.answered().score(),
                none.answered().score(),
                what + ", CPU after its first model call"));
        rows.add(
            new Row(
                "memory-" + side + " / none",
                "MB",
                own.memory().score(),
                none.memory().score(),
                "peak resident memory after the first model call"));
      }
    });
    return rows;
  }
}
