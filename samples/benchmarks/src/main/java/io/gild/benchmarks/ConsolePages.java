package io.gild.benchmarks;

import io.gild.config.Json;
import io.gild.config.Settings;
import io.gild.console.ConsoleModule;
import io.gild.core.CallKind;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.testkit.BrowserScript;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** The page of the console in a real browser, with many agents and one call of many spans. */
final class ConsolePages {

  private static final int SPANS = 30_000;
  private static final int TOOLS = 50;
  private static final String LONG = "withANameAsLongAsThoseOfGeneratedToolsOftenAre".repeat(2);

  private ConsolePages() {}

  /** Measures; without a browser, the rows contain the reason. */
  static List<Row> of(List<String> names, int agents) throws IOException, InterruptedException {
    GildLog.redirect((line, fault) -> {});
    Path data = Files.createTempDirectory("gild-console");
    try (GildRuntime runtime = runtime(data)) {
      SimulatedAgents.callEach(runtime, agents);
      callTools(runtime);
      return rows(names, url(data));
    } catch (TestAbortedException missing) {
      String reason =
          String.valueOf(missing.getMessage()).replaceFirst("^Assumption failed", "not measured");
      return names.stream()
          .map(name -> new Row(name, "ms", Score.NONE, Score.NONE, reason))
          .toList();
    } finally {
      delete(data);
    }
  }

  private static GildRuntime runtime(Path data) {
    return GildRuntime.builder()
        .settings(
            Settings.builder()
                .yaml("gild.yaml", "data: " + data + "\nconsole: {port: 0}\n")
                .build())
        .module(new ConsoleModule())
        .build();
  }

  /** Makes the call of many spans. */
  private static void callTools(GildRuntime runtime) {
    List<GovernedMethod> tools = new ArrayList<>();
    for (int i = 0; i < TOOLS; i++) {
      tools.add(SimulatedAgents.method(runtime, CallKind.TOOL, "crawler", "tool" + i + LONG));
    }
    SimulatedAgents.method(runtime, CallKind.AGENT, "crawler", "crawl")
        .call(
            null,
            arguments -> {
              for (int i = 1; i < SPANS; i++) {
                tools.get(i % TOOLS).call(null, same -> "page", "link");
              }
              return "done";
            },
            "start");
  }

  private static String url(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("console"))) {
      Object file = Json.read(Files.readString(files.findFirst().orElseThrow()));
      return file instanceof Map<?, ?> map ? map.get("url") + "/" : "";
    }
  }

  private static List<Row> rows(List<String> names, String url) throws InterruptedException {
    Path script =
        Path.of(System.getProperty("gild.home", ""))
            .resolve("runtime/console/src/test/browser/bench.mjs");
    return BrowserScript.run(script.toAbsolutePath(), Map.of(), url).stream()
        .filter(each -> names.contains(each.name()))
        .map(ConsolePages::row)
        .toList();
  }

  private static Row row(BrowserScript.Case measured) {
    if (!measured.passed() || !(Json.read(measured.text()) instanceof Map<?, ?> figures)) {
      throw new IllegalStateException(measured.name() + " failed: " + measured.text());
    }
    String words =
        figures.containsKey("last")
            ? String.format(
                Locale.ROOT,
                "to the first row of %s spans; %.0f ms more to the last one",
                figures.get("spans"),
                number(figures, "last"))
            : String.format(
                Locale.ROOT,
                "median of %s cold loads, slowest %.0f ms; baseline: a line of text of the server",
                figures.get("loads"),
                number(figures, "slowest"));
    return new Row(
        measured.name(),
        "ms",
        Score.of(number(figures, "ours")),
        Score.of(number(figures, "baseline")),
        words);
  }

  private static double number(Map<?, ?> figures, String name) {
    return figures.get(name) instanceof Number number
        ? new BigDecimal(number.toString()).doubleValue()
        : Double.NaN;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
