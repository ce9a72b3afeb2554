package io.gild.smoke;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.smoke.spi.SmokeFinding.Outcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The results of the smoke tests of an application.
 *
 * @param target what was tested, such as {@code http://127.0.0.1:8080, process 4711}
 * @param results the results in the order of the tests
 */
@Experimental
public record SmokeReport(String target, List<SmokeResult> results) {

  private static final double MILLIS = 1_000;

  /** Copies the list. */
  public SmokeReport {
    results = List.copyOf(results);
  }

  /**
   * Returns whether the application works.
   *
   * @return {@code true} if no test failed and at least one passed
   */
  public boolean passed() {
    return count(Outcome.FAILED) == 0 && count(Outcome.PASSED) > 0;
  }

  private long count(Outcome outcome) {
    return results.stream().filter(each -> each.outcome() == outcome).count();
  }

  /**
   * Returns what failed.
   *
   * @return a sentence for each test that failed, or that nothing could be tested; empty if the
   *     application works
   */
  public String failures() {
    if (count(Outcome.FAILED) == 0) {
      return passed() ? "" : "nothing could be tested: no smoke test is applicable";
    }
    return results.stream()
        .filter(each -> each.outcome() == Outcome.FAILED)
        .map(each -> each.test().key() + ": " + each.reason())
        .collect(Collectors.joining("; "));
  }

  /**
   * Returns the report for a terminal.
   *
   * @return a line for each test, and one for all
   */
  public String text() {
    StringBuilder text = new StringBuilder("Smoke tests of ").append(target).append('\n');
    for (SmokeResult each : results) {
      text.append(
          "  %-14s  %-14s  %7s  %s\n"
              .formatted(
                  each.outcome().name().replace('_', ' '),
                  each.test().key(),
                  each.outcome() == Outcome.NOT_APPLICABLE ? "" : seconds(each.took(), "%.2f s"),
                  each.reason()));
    }
    return text.append(
            "%d passed, %d failed, %d not applicable\n"
                .formatted(
                    count(Outcome.PASSED), count(Outcome.FAILED), count(Outcome.NOT_APPLICABLE)))
        .toString();
  }

  private static String seconds(Duration time, String format) {
    return String.format(Locale.ROOT, format, time.toMillis() / MILLIS);
  }

  /**
   * Returns the report as JSON.
   *
   * @return an object with {@code target}, {@code passed} and {@code results}
   */
  public String json() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("target", target);
    report.put("passed", passed());
    report.put("results", results.stream().map(SmokeReport::fields).toList());
    return Json.pretty(report);
  }

  private static Map<String, Object> fields(SmokeResult result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("test", result.test().key());
    fields.put("outcome", result.outcome().name());
    fields.put("reason", result.reason());
    fields.put("seconds", result.took().toMillis() / MILLIS);
    return fields;
  }

  /**
   * Returns the report as JUnit XML, as build servers read it. A test that is not applicable is
   * skipped; if none passed, one failure says so.
   *
   * @return the document
   */
  public String junit() {
    return new SmokeXml(this).write();
  }
}
