package io.gild.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Ten minutes of calls at a steady rate with all telemetry on and a collector that accepts it: the
 * heap that remains, and the spans that arrive. Both sides run at the same time.
 */
final class SustainedLoad {

  private static final int SECONDS = 600;
  private static final int QUICK_SECONDS = 10;
  private static final double BYTES_PER_MEGABYTE = 1e6;

  /** One JVM, its collector and what it printed. */
  private record Side(Process process, SpanCounter collector) {

    static Side start(int seconds, String... flags) throws IOException {
      SpanCounter collector = SpanCounter.start();
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of(
              "-Xmx256m",
              "-Dotel.traces.exporter=otlp",
              "-Dotel.exporter.otlp.protocol=http/protobuf",
              "-Dotel.exporter.otlp.endpoint=" + collector.endpoint(),
              "-Dotel.metrics.exporter=none",
              "-Dotel.logs.exporter=none"));
      command.addAll(List.of(flags));
      command.addAll(
          List.of(
              "-cp",
              System.getProperty("java.class.path"),
              SteadyProcess.class.getName(),
              Integer.toString(seconds)));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new Side(process, collector);
    }

    Result result(int seconds) throws Exception {
      try (collector) {
        double[] used =
            process
                .inputReader()
                .lines()
                .mapToDouble(line -> Double.parseDouble(line) / BYTES_PER_MEGABYTE)
                .toArray();
        int exit = process.waitFor();
        if (exit != 0 || used.length != SteadyProcess.PARTS) {
          throw new IllegalStateException("the JVM ended early, with " + exit);
        }
        return new Result(
            used[0],
            used[used.length - 1],
            (long) seconds * SteadyProcess.PER_SECOND - collector.spans());
      }
    }
  }

  /** Heap in use after a tenth of the time and at the end, in megabytes; lost spans. */
  private record Result(double early, double late, long lost) {

    Score growth() {
      return Score.of(late - early);
    }

    String words() {
      return String.format(Locale.ROOT, "%.1f -> %.1f MB, %,d spans lost", early, late, lost);
    }
  }

  private SustainedLoad() {}

  static Row of(String name, boolean quick) throws Exception {
    int seconds = quick ? QUICK_SECONDS : SECONDS;
    Path folder = Files.createTempDirectory("gild-bench");
    Path settings =
        WatchedJvm.file(
            WatchedJvm.OBSERVED
                + "data: %s\nconsole: {port: 0}\n".formatted(folder)
                + "observability: {call-log: %s, prometheus-port: 0}\n"
                    .formatted(folder.resolve("calls.jsonl")));
    Side gild = Side.start(seconds, Agents.gild(settings));
    Side other = Side.start(seconds, Agents.openTelemetry(), WatchedJvm.METHODS);
    Result ours = gild.result(seconds);
    Result theirs = other.result(seconds);
    return new Row(
        name + " / opentelemetry-methods",
        "MB",
        ours.growth(),
        theirs.growth(),
        String.format(
            Locale.ROOT,
            "%d s at %,d calls/s; heap in use and spans: %s (opentelemetry-methods %s)",
            seconds,
            SteadyProcess.PER_SECOND,
            ours.words(),
            theirs.words()));
  }
}
