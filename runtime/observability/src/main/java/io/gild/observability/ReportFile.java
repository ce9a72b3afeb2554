package io.gild.observability;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.config.PrivateFiles;
import io.gild.config.TokenKind;
import io.gild.core.CallKind;
import io.gild.core.Counts.Event;
import io.gild.core.GildLog;
import io.gild.core.Ledger;
import io.gild.core.MethodTotals;
import io.gild.core.RuntimeScope;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report of a runtime as JSON when the JVM ends; {@code gild.report.file} or {@code
 * observability.report} names the file.
 *
 * <p>With a scrape endpoint, its last content is written beside it, with {@code .prom} at the end.
 * Both are written as a whole or not at all, and only their owner can read them.
 */
@Experimental
public final class ReportFile {

  private ReportFile() {}

  /** Returns an action that writes it earlier, instead of at the end. */
  static Runnable writeAtExit(RuntimeScope runtime, @Nullable PrometheusEndpoint endpoint) {
    Path path = path(runtime);
    if (path == null) {
      return () -> {};
    }
    Thread hook = NeutralThread.of(() -> write(runtime, endpoint, path), "gild-report");
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> {
      try {
        if (Runtime.getRuntime().removeShutdownHook(hook)) {
          write(runtime, endpoint, path);
        }
      } catch (IllegalStateException ending) {
        // The JVM is shutting down, and the hook does the same.
      }
    };
  }

  private static @Nullable Path path(RuntimeScope runtime) {
    String property = System.getProperty("gild.report.file");
    return property != null
        ? Path.of(property)
        : runtime.settings().get(Observability.SECTION).report();
  }

  private static void write(
      RuntimeScope runtime, @Nullable PrometheusEndpoint endpoint, Path path) {
    try {
      Map<String, Object> report = content(runtime);
      if (endpoint != null) {
        Path scraped = path.resolveSibling(path.getFileName() + ".prom");
        PrivateFiles.write(scraped, endpoint.scrape());
        report.put("metrics", endpoint.url() + ", last scrape in " + scraped);
      }
      PrivateFiles.write(path, Json.pretty(report) + "\n");
    } catch (IOException | RuntimeException fault) {
      GildLog.faultOnce("Writing the report to " + path, fault);
    }
  }

  /**
   * Returns the report of a runtime so far.
   *
   * @param runtime the runtime
   * @return a tree of maps, lists, numbers and texts
   */
  public static Map<String, Object> content(RuntimeScope runtime) {
    List<MethodTotals> all = List.copyOf(runtime.totals());
    List<MethodTotals> agents = all.stream().filter(ReportFile::isAgent).toList();
    List<MethodTotals> models = of(all, CallKind::isModel);
    List<MethodTotals> tools = of(all, kind -> kind == CallKind.TOOL);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("calls", sum(agents, Event.STARTED));
    report.put("succeeded", sum(agents, Event.SUCCEEDED));
    report.put("failed", sum(agents, Event.FAILED));
    report.put("refused", sum(agents, Event.REFUSED));
    report.put("attempts", sum(agents, Event.ATTEMPT));
    report.put("modelCalls", sum(models, Event.STARTED));
    report.put("toolCalls", sum(tools, Event.STARTED));
    report.put("retries", sum(all, Event.RETRY));
    if (runtime.httpAttempts() > 0) { // without a javaagent they are not seen
      report.put("httpAttempts", runtime.httpAttempts());
    }
    report.put("fallbacks", sum(all, Event.FELL_BACK));
    report.put("failovers", sum(all, Event.FAILED_OVER));
    report.put("timeouts", sum(all, Event.TIMED_OUT));
    report.put("costUsd", cost(runtime.ledger().lines()));
    report.put(
        "cache",
        Map.of(
            "hits", sum(all, Event.CACHE_HIT),
            "shared", sum(all, Event.CACHE_SHARED),
            "misses", sum(all, Event.CACHE_MISS)));
    report.put(
        "breaker",
        Map.of(
            "opened", sum(all, Event.BREAKER_OPENED),
            "closed", sum(all, Event.BREAKER_CLOSED),
            "refused", sum(all, Event.BREAKER_REFUSED)));
    report.put("retryLayers", retryLayers(all));
    report.put("models", models(runtime.ledger().lines()));
    return report;
  }

  /** Returns whether calls are an agent's, or of a model outside of any agent. */
  private static boolean isAgent(MethodTotals method) {
    CallKind kind = method.spec().kind();
    return kind == CallKind.AGENT
        || kind.isModel() && method.counts().get(Event.OUTERMOST_MODEL) > 0;
  }

  private static List<MethodTotals> of(List<MethodTotals> all, Predicate<CallKind> kind) {
    return all.stream().filter(method -> kind.test(method.spec().kind())).toList();
  }

  private static Map<String, Object> retryLayers(List<MethodTotals> methods) {
    Map<String, Object> layers = new TreeMap<>();
    for (MethodTotals method : methods) {
      method
          .retryLayers()
          .sentence()
          .ifPresent(sentence -> layers.put(method.spec().id(), sentence));
    }
    return layers;
  }

  /** Sums up the accounts of all agents for each model. */
  private static Map<String, Object> models(List<Ledger.Line> lines) {
    Map<String, Ledger.Line> sums = new TreeMap<>();
    for (Ledger.Line line : lines) {
      sums.merge(line.model(), line, ReportFile::add);
    }
    Map<String, Object> models = new LinkedHashMap<>();
    sums.forEach((name, sum) -> models.put(name, model(sum)));
    return models;
  }

  private static Ledger.Line add(Ledger.Line one, Ledger.Line other) {
    return new Ledger.Line(
        "",
        one.model(),
        one.requests() + other.requests(),
        one.usage().plus(other.usage()),
        one.nanoUsd() + other.nanoUsd(),
        one.unpricedRequests() + other.unpricedRequests());
  }

  private static Map<String, Object> model(Ledger.Line line) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("calls", line.requests());
    for (TokenKind kind : TokenKind.values()) {
      long tokens = line.usage().get(kind);
      if (kind.whole() == null || tokens > 0) {
        model.put(kind.field(), tokens);
      }
    }
    model.put("costUsd", usd(line.nanoUsd()));
    model.put("unpriced", line.unpricedRequests());
    return model;
  }

  private static BigDecimal cost(List<Ledger.Line> lines) {
    return usd(lines.stream().mapToLong(Ledger.Line::nanoUsd).sum());
  }

  private static BigDecimal usd(long nanoUsd) {
    return BigDecimal.valueOf(nanoUsd, 9);
  }

  private static long sum(List<MethodTotals> methods, Event event) {
    return methods.stream().mapToLong(method -> method.counts().get(event)).sum();
  }
}
