package io.gild.gates;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges a version at a gate with all evidence: results, registry, load tests, telemetry,
 * exceptions, a baseline; and records the decision. Builds and commands share this code.
 *
 * @param title what was tested, for reports
 * @param version version of the application; may be empty
 * @param gate the gate
 * @param agents the agents of the registry
 * @param results the results of their golden tasks
 * @param docs folder where {@code NAME.md} describes an agent
 * @param overrides file of exceptions; it need not exist
 * @param loadTests reports of load tests
 * @param live scrape endpoints ({@code http://...}) and reports of running applications
 * @param baseline results of an earlier version; {@code null} for none
 * @param noRegression whether a version that is clearly worse than the baseline fails
 * @param data folder of the audit log and the history
 * @param now the moment of the decision
 */
@Experimental
public record GateRun(
    String title,
    String version,
    QualityGate gate,
    List<AgentInfo> agents,
    List<TaskResult> results,
    Path docs,
    Path overrides,
    List<Path> loadTests,
    List<String> live,
    @Nullable Path baseline,
    boolean noRegression,
    Path data,
    Instant now) {

  private static final Duration SCRAPE = Duration.ofSeconds(10);
  private static final long SEED = 1;

  /** Copies the lists. */
  public GateRun {
    agents = List.copyOf(agents);
    results = List.copyOf(results);
    loadTests = List.copyOf(loadTests);
    live = List.copyOf(live);
  }

  /**
   * A decision with everything that reports show.
   *
   * @param report the report
   * @param decision the decision
   * @param head the end of the audit log; a copy that is kept elsewhere is a proof
   */
  public record Done(Report report, GateDecision decision, AuditLog.Head head) {}

  /**
   * Decides, and appends the decision to the audit log and the run to the history.
   *
   * @return the decision and a report
   * @throws IOException if a report cannot be read or an endpoint does not answer
   * @throws InterruptedException if the thread is interrupted meanwhile
   * @throws io.gild.config.SettingsException if an exception is incomplete, invalid or expired
   * @throws IllegalArgumentException if a report has another format
   */
  public Done decide() throws IOException, InterruptedException {
    requireFiles();
    GateOverrides exceptions =
        GateOverrides.read(overrides, LocalDate.ofInstant(now, ZoneOffset.UTC));
    GateEvidence evidence = evidence();
    Comparison comparison = comparison(evidence.statistics());
    QualityGate qualityGate =
        comparison != null && noRegression ? gate.with(Criterion.noRegression(comparison)) : gate;
    GateDecision decision = qualityGate.judge(evidence, exceptions);
    History history = History.in(data);
    Report report = report(evidence.statistics(), comparison, history).with(decision);
    AuditLog.Head head = AuditLog.in(data).append(decision);
    if (!results.isEmpty()) {
      history.append(History.Run.of(now.toString(), now, version, evidence.statistics()));
    }
    return new Done(report, decision, head);
  }

  /**
   * Reports without a gate; appends to no file.
   *
   * @return the report
   * @throws IllegalArgumentException if a file that was named does not exist
   */
  public Report report() {
    requireFiles();
    Statistics statistics = Statistics.of(results);
    return report(statistics, comparison(statistics), History.in(data));
  }

  private Report report(Statistics statistics, @Nullable Comparison comparison, History history) {
    Report report = Report.of(title, version, now, statistics).with(history.read());
    return comparison == null ? report : report.with(comparison);
  }

  private @Nullable Comparison comparison(Statistics statistics) {
    if (baseline == null) {
      return null;
    }
    ResultLog.Read earlier = ResultLog.read(baseline);
    if (earlier.results().isEmpty()) {
      throw new IllegalArgumentException(
          "baseline " + baseline + " holds no results. Name a folder with those of a run.");
    }
    return Comparison.of(Statistics.of(earlier.results()), statistics, SEED);
  }

  private GateEvidence evidence() throws IOException, InterruptedException {
    GateEvidence.Builder evidence =
        GateEvidence.of(version, now).results(results).agents(agents).docs(docs);
    for (Path file : loadTests) {
      evidence.loadTests(CallReports.loadTest(file));
    }
    List<CallReport> seen = new ArrayList<>();
    for (String place : live) {
      seen.addAll(
          isEndpoint(place)
              ? CallReports.scrape(URI.create(place), SCRAPE, now)
              : CallReports.gildReport(Path.of(place)));
    }
    return evidence.live(seen).build();
  }

  private static boolean isEndpoint(String place) {
    return place.startsWith("http://") || place.startsWith("https://");
  }

  /** Requires each file that was named; only the shipped name of the overrides may be missing. */
  private void requireFiles() {
    loadTests.forEach(file -> require(file, "The report of a load test"));
    live.stream()
        .filter(place -> !isEndpoint(place))
        .forEach(place -> require(Path.of(place), "The report of a running application"));
    if (!overrides.endsWith(Settings.defaults().get(Gates.SECTION).overrides())) {
      require(overrides, "The file of gates.overrides");
    }
  }

  private static void require(Path file, String what) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(what + " " + file + " does not exist.");
    }
  }
}
