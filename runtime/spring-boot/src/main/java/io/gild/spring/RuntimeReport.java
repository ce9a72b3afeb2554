package io.gild.spring;

import io.gild.config.Keys;
import io.gild.core.Counts;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.Ledger;
import io.gild.core.MethodTotals;
import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Describes the runtime of this JVM in maps and lists, for Spring Boot's Actuator. */
final class RuntimeReport {

  private static final Set<String> OPEN = Set.of("open", "forced-open");

  private static final int NANO_DIGITS = 9;

  private RuntimeReport() {}

  /**
   * The runtime in numbers.
   *
   * @param mode whether policies act
   * @param methods how many governed methods were called so far
   * @param openBreakers how many circuit breakers refuse calls
   */
  record Summary(String mode, int methods, long openBreakers) {

    /** Returns the details of a health indicator. */
    Map<String, Object> details() {
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("mode", mode);
      details.put("methods", methods);
      details.put("openBreakers", openBreakers);
      return details;
    }
  }

  static Summary summary() {
    GildRuntime runtime = GildRuntime.global();
    long open =
        controls(runtime).stream()
            .filter(control -> control.kind().equals("circuitbreaker"))
            .filter(control -> OPEN.contains(control.state()))
            .count();
    return new Summary(Keys.kebab(runtime.mode()), runtime.methods().size(), open);
  }

  static Map<String, @Nullable Object> full() {
    GildRuntime runtime = GildRuntime.global();
    Map<String, @Nullable Object> report = new LinkedHashMap<>();
    report.put("mode", Keys.kebab(runtime.mode()));
    report.put("methods", runtime.totals().stream().map(RuntimeReport::totals).toList());
    report.put("costs", runtime.ledger().lines().stream().map(RuntimeReport::line).toList());
    report.put("controls", controls(runtime).stream().map(RuntimeReport::control).toList());
    return report;
  }

  private static Map<String, Object> totals(MethodTotals totals) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("agent", totals.spec().agent());
    row.put("method", totals.spec().methodName());
    row.put("active", totals.counts().active());
    row.put("calls", totals.counts().get(Counts.Event.STARTED));
    row.put("succeeded", totals.counts().get(Counts.Event.SUCCEEDED));
    row.put("failed", totals.counts().get(Counts.Event.FAILED));
    row.put("refused", totals.counts().get(Counts.Event.REFUSED));
    row.put("retries", totals.counts().get(Counts.Event.RETRY));
    row.put("cacheHits", totals.counts().get(Counts.Event.CACHE_HIT));
    return row;
  }

  private static Map<String, Object> line(Ledger.Line line) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("agent", line.agent());
    row.put("model", line.model());
    row.put("requests", line.requests());
    row.put("usd", BigDecimal.valueOf(line.nanoUsd(), NANO_DIGITS));
    row.put("unpricedRequests", line.unpricedRequests());
    return row;
  }

  private static Map<String, Object> control(Control control) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("kind", control.kind());
    row.put("name", control.name());
    row.put("agent", control.agent());
    row.put("method", control.method());
    row.put("state", control.state());
    row.put("description", control.words());
    return row;
  }

  /** Agents may share a budget, which is listed once. */
  private static Set<Control> controls(GildRuntime runtime) {
    List<Controllable> all = new ArrayList<>(runtime.controls().all());
    for (GovernedMethod method : runtime.methods()) {
      all.addAll(method.controllables());
    }
    Set<Control> controls = new LinkedHashSet<>();
    all.forEach(each -> controls.addAll(each.controls()));
    return controls;
  }
}
