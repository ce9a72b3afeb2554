package io.gild.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures Gild beside what it replaces, and prints both. */
public final class Bench {

  private final BenchmarkOptions options;
  private final PrintStream out;

  private Bench(BenchmarkOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Ends with status 0 after a run, 1 if a benchmark failed, 2 if the command line is wrong. */
  public static void main(String[] args) {
    // Several users of one machine must not share a lock file that only one of them may open.
    System.setProperty("jmh.ignoreLock", "true");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      new Bench(BenchmarkOptions.parse(args), out).run();
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
    } catch (Exception failed) {
      System.err.println("A benchmark failed: " + failed);
      System.exit(1);
    }
  }

  private void run() throws Exception {
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
