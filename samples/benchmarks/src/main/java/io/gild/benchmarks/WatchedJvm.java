package io.gild.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The flags of JVMs whose calls are watched. */
final class WatchedJvm {

  static final String OBSERVED =
      """
      mode: observe
      agents:
        - match: io.gild.benchmarks.EchoAgent#answer
          name: support
      """;

  static final String METHODS =
      "-Dotel.instrumentation.methods.include=io.gild.benchmarks.EchoAgent[answer]";

  private WatchedJvm() {}

  /** Both sides export spans to a port without a listener, and try once. */
  static List<String> exporting(String... flags) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "-Dotel.traces.exporter=otlp",
                "-Dotel.exporter.otlp.endpoint=http://127.0.0.1:9",
                "-Dotel.java.exporter.otlp.retry.disabled=true",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none"));
    all.addAll(List.of(flags));
    return all;
  }

  static Path file(String yaml) {
    try {
      Path file = Files.createTempFile("gild-bench", ".yaml");
      file.toFile().deleteOnExit();
      return Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
