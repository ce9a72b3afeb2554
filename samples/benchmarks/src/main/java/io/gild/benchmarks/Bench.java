package io.gild.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures Gild beside what it replaces, and prints both. */
final class Bench {

  private final BenchmarkOptions options;
  private final PrintStream out;

  Bench(BenchmarkOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  void run() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (String suite : options.suites()) {
      rows.addAll(Suites.named(suite).run(options, line -> out.println("  " + line)));
    }
    out.println();
    out.println("JDK " + System.getProperty("java.version"));
    out.print(BenchmarkTable.of(rows));
    Path json = options.json();
    if (json != null) {
      write(rows, json);
    }
  }

  private void write(List<Row> rows, Path json) throws IOException {
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(json.toFile(), rows.stream().map(Row::fields).toList());
    out.println("figures  " + json);
  }
}
