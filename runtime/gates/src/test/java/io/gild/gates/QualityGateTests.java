package io.gild.gates;

import static io.gild.gates.TestResults.NOW;
import static io.gild.gates.TestResults.runs;
import static io.gild.gates.TestResults.tasks;
import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.gates.Gates.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityGateTests {

  private static final String BOUND = "gates: {dev-to-staging: {decide: lower-bound, docs: off}}";

  @Test
  void nineOfNineProveLessThanEightyPercent() {
    GateDecision decision = judge(Stage.DEV_TO_STAGING, BOUND, support(9, 9));
    Finding rate = finding(decision, "pass-rate");

    assertThat(decision.verdict()).isEqualTo(GateVerdict.NOT_ENOUGH_RUNS);
    assertThat(decision.opens()).isFalse();
    assertThat(rate.measured()).isEqualTo("100.0 %, proves >= 71.7 %");
    assertThat(rate.bound()).isEqualTo(">= 80.0 % proven at 95 % confidence");
    assertThat(rate.evidence()).isEqualTo("9 of 9 golden tasks passed.");
    assertThat(rate.remedy())
        .isEqualTo(
            "Not enough runs to prove 80.0 %: 5 more golden tasks like these are needed, 14 in all,"
                + " or set decide: rate for this gate.");
    assertThat(judge(Stage.DEV_TO_STAGING, BOUND, support(14, 14)).verdict())
        .isEqualTo(GateVerdict.PASSED);
  }

  @Test
  void reportsTheMissingProofOfARateAlone() {
    GateDecision decision = judge(Stage.DEV_TO_STAGING, "", support(9, 9));

    assertThat(decision.verdict()).isEqualTo(GateVerdict.PASSED);
    assertThat(finding(decision, "pass-rate").evidence())
        .isEqualTo(
            "9 of 9 golden tasks passed. Decided by the rate alone: at 95 % confidence it proves only"
                + " 71.7 %; 5 more golden tasks like these are needed, 14 in all.");
    assertThat(judge(Stage.DEV_TO_STAGING, "", support(8, 10)).verdict())
        .isEqualTo(GateVerdict.PASSED);
    assertThat(judge(Stage.DEV_TO_STAGING, "", support(7, 9)).verdict())
        .isEqualTo(GateVerdict.FAILED);
  }

  @Test
  void aRateAtTheThresholdIsNeverProven() {
    GateDecision decision = judge(Stage.DEV_TO_STAGING, BOUND, support(80, 100));

    assertThat(finding(decision, "pass-rate").remedy())
        .startsWith("Not enough runs to prove 80.0 %: no number of tasks proves it at this rate");
  }

  @Test
  void doesNotCountAgreeingRepeatsAsTasks() {
    List<TaskResult> results = new ArrayList<>();
    IntStream.range(0, 9).forEach(i -> results.addAll(runs("support", "t" + i, "PPPPP")));
    GateDecision decision = judge(Stage.DEV_TO_STAGING, BOUND, evidence(results));

    assertThat(decision.verdict()).isEqualTo(GateVerdict.NOT_ENOUGH_RUNS);
    assertThat(finding(decision, "pass-rate").evidence())
        .isEqualTo("45 of 45 runs of 9 golden tasks passed.");
  }

  @Test
  void doesNotPassABadAgentBecauseOfAGoodOne() {
    List<TaskResult> results = new ArrayList<>(tasks("good", 95, 95));
    results.addAll(tasks("bad", 2, 5));
    GateDecision decision = judge(Stage.DEV_TO_STAGING, "", evidence(results));

    assertThat(decision.verdict()).isEqualTo(GateVerdict.FAILED);
    assertThat(decision.findings())
        .filteredOn(each -> each.verdict() == GateVerdict.FAILED)
        .singleElement()
        .satisfies(each -> {
          assertThat(each.agent()).isEqualTo("bad");
          assertThat(each.remedy()).isEqualTo("Look at bad/t002, bad/t003, bad/t004.");
        });
  }

  @Test
  void tooManyRunsWithoutVerdictBlock() {
    List<TaskResult> results = new ArrayList<>(tasks("support", 18, 18));
    results.addAll(runs("support", "unjudged", "J"));
    results.addAll(runs("support", "skipped", "S"));
    GateDecision decision = judge(Stage.DEV_TO_STAGING, "", evidence(results));

    assertThat(decision.verdict()).isEqualTo(GateVerdict.BLOCKED);
    assertThat(finding(decision, "undecided"))
        .extracting(Finding::measured, Finding::evidence)
        .containsExactly("2 of 20 runs (10.0 %)", "1 not judged, 1 skipped, 0 without a result.");
    assertThat(
            judge(
                    Stage.DEV_TO_STAGING,
                    "gates: {dev-to-staging: {max-undecided: 0.1}}",
                    evidence(results))
                .verdict())
        .isEqualTo(GateVerdict.PASSED);
  }

  @Test
  void declaredTasksWithoutAResultAreUndecided() {
    GateEvidence evidence =
        GateEvidence.of("1.2", NOW)
            .results(tasks("support", 9, 9))
            .agents(List.of(new AgentInfo("support", "Answers.", List.of("t000", "lost"))))
            .build();

    assertThat(finding(judge(Stage.DEV_TO_STAGING, "", evidence), "undecided"))
        .extracting(Finding::verdict, Finding::evidence)
        .containsExactly(
            GateVerdict.BLOCKED, "0 not judged, 0 skipped, 1 without a result: support/lost.");
  }

  @Test
  void requiresTasksAndADescriptionOfEveryAgent(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("billing.md"), "# Billing\n");
    GateEvidence evidence =
        GateEvidence.of("1.2", NOW)
            .results(tasks("support", 9, 9))
            .results(tasks("billing", 4, 4))
            .agents(
                List.of(
                    new AgentInfo("support", "Answers.", List.of("t000")),
                    new AgentInfo("billing", "", List.of("t000")),
                    new AgentInfo("silent", " ", List.of())))
            .docs(folder)
            .build();
    GateDecision decision =
        judge(Stage.DEV_TO_STAGING, "gates: {dev-to-staging: {min-tasks: 5}}", evidence);

    assertThat(decision.findings())
        .filteredOn(each -> each.criterion().equals("tests") || each.criterion().equals("docs"))
        .extracting(each -> each.subject() + ": " + each.verdict() + ", " + each.measured())
        .containsExactly(
            "tests of billing: FAILED, 4 golden tasks",
            "tests of silent: FAILED, 0 golden tasks",
            "tests of support: PASSED, 9 golden tasks",
            "docs of billing: PASSED, in " + folder.resolve("billing.md"),
            "docs of silent: FAILED, none",
            "docs of support: PASSED, in @Agent");
    assertThat(decision.findings())
        .filteredOn(each -> each.subject().equals("pass-rate of silent"))
        .extracting(Finding::verdict)
        .containsExactly(GateVerdict.BLOCKED);
  }

  @Test
  void isBlockedByMissingEvidence() {
    GateDecision decision =
        judge(Stage.STAGING_TO_PRODUCTION, "", GateEvidence.of("1.2", NOW).build());

    assertThat(decision.verdict()).isEqualTo(GateVerdict.BLOCKED);
    assertThat(decision.findings()).allSatisfy(each -> assertThat(each.remedy()).isNotEmpty());
    assertThat(decision.findings())
        .extracting(Finding::criterion)
        .containsExactly("tests", "docs", "pass-rate", "load-test");
  }

  @Test
  void isBlockedByAnUnmeasuredCost() {
    List<TaskResult> unseen = new ArrayList<>();
    List<TaskResult> dear = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      TaskResult run = TestResults.run("support", "t" + i, 1, Outcome.PASSED, "0", 10);
      unseen.add(run);
      dear.add(TestResults.run("support", "t" + i, 1, Outcome.PASSED, i < 4 ? "0.9" : "0.01", 10));
    }
    assertThat(finding(judge(Stage.STAGING_TO_PRODUCTION, "", evidence(unseen)), "cost"))
        .satisfies(each -> {
          assertThat(each.verdict()).isEqualTo(GateVerdict.BLOCKED);
          assertThat(each.evidence())
              .isEqualTo(
                  "The cost of 60 of 60 runs is unknown: a model has no known price or reported no"
                      + " tokens.");
        });
    assertThat(finding(judge(Stage.STAGING_TO_PRODUCTION, "", evidence(dear)), "cost"))
        .satisfies(each -> {
          assertThat(each.verdict()).isEqualTo(GateVerdict.FAILED);
          assertThat(each.measured()).isEqualTo("mean $0.0693, p95 $0.900");
          assertThat(each.bound()).isEqualTo("mean <= $0.100, p95 <= $0.500");
        });
  }

  @Test
  void passesAKnownZeroCostAndIsBlockedByAPartialCost() {
    List<TaskResult> free = new ArrayList<>();
    List<TaskResult> partly = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      free.add(TestResults.costing("t" + i, "0", true));
      partly.add(TestResults.costing("t" + i, "0.01", i > 0));
    }

    assertThat(finding(judge(Stage.STAGING_TO_PRODUCTION, "", evidence(free)), "cost"))
        .extracting(Finding::verdict, Finding::measured)
        .containsExactly(GateVerdict.PASSED, "mean $0, p95 $0");
    assertThat(finding(judge(Stage.STAGING_TO_PRODUCTION, "", evidence(partly)), "cost"))
        .extracting(Finding::verdict, Finding::evidence)
        .containsExactly(
            GateVerdict.BLOCKED,
            "The cost of 1 of 60 runs is unknown: a model has no known price or reported no"
                + " tokens.");
  }

  @Test
  void aLoadTestMustBeRecentAndOfThisVersion() {
    assertThat(load("1.2", 1, 5_000, 10, 900).verdict()).isEqualTo(GateVerdict.PASSED);
    assertThat(load("1.1", 1, 5_000, 10, 900))
        .satisfies(each -> {
          assertThat(each.verdict()).isEqualTo(GateVerdict.BLOCKED);
          assertThat(each.evidence()).contains("it is of version \"1.1\", not \"1.2\"");
        });
    assertThat(load("1.2", 31, 5_000, 10, 900).evidence()).contains("older than 30d");
    assertThat(load("1.2", 1, 999, 0, 900).evidence()).contains("999 calls, fewer than 1000");
    assertThat(load("1.2", 1, 5_000, 60, 900).verdict()).isEqualTo(GateVerdict.FAILED);
    assertThat(load("1.2", 1, 5_000, 10, 5_001).verdict()).isEqualTo(GateVerdict.FAILED);
    assertThat(load("1.2", 1, 1_000, 8, 900))
        .satisfies(each -> {
          assertThat(each.verdict()).isEqualTo(GateVerdict.NOT_ENOUGH_RUNS);
          assertThat(each.remedy()).matches("\\d+ more calls like these are needed\\.");
        });
  }

  @Test
  void checksLiveTelemetryInProduction() {
    GateEvidence.Builder evidence =
        GateEvidence.of("1.2", NOW)
            .results(tasks("support", 300, 300))
            .agents(List.of(info("support")));
    String metrics =
        """
        # TYPE gild_agent_requests counter
        gild_agent_requests_total{agent="support",method="answer",result="success"} 1990.0
        gild_agent_requests_total{agent="support",method="answer",result="failure"} 4.0
        gild_agent_requests_total{agent="support",method="answer",result="refused"} 2.0
        gild_agent_requests_total{agent="support",method="answer",result="cancelled"} 90.0
        gild_agent_duration_seconds_bucket{agent="support",method="answer",outcome="success",le="1.0"} 1500
        gild_agent_duration_seconds_bucket{agent="support",method="answer",outcome="success",le="2.5"} 1900 # {trace_id="1"} 2.1
        gild_agent_duration_seconds_bucket{agent="support",method="answer",outcome="success",le="+Inf"} 1990
        """;

    assertThat(judge(Stage.PRODUCTION, "", evidence.build()).verdict())
        .isEqualTo(GateVerdict.BLOCKED);
    GateDecision decision =
        judge(
            Stage.PRODUCTION,
            "",
            evidence.live(CallReports.prometheus("http://app/metrics", metrics, NOW)).build());
    assertThat(decision.verdict()).isEqualTo(GateVerdict.PASSED);
    assertThat(finding(decision, "live"))
        .extracting(Finding::measured, Finding::bound, Finding::evidence)
        .containsExactly(
            "0.31 % errors of 1996 calls, p95 <= 2.50 s",
            "errors <= 1.0 %, p95 <= 5.00 s over >= 1000 calls",
            "From http://app/metrics, ended 2026-11-20T10:00:00Z. Errors are at most 0.6 % at 95 %"
                + " confidence.");
  }

  @Test
  void overridesFailedAndUnprovenButNotUnmeasuredCriteria() {
    GateOverrides overrides =
        GateOverrides.read(
            "gate-overrides.yaml",
            """
            - {stage: dev-to-staging, agent: support, criterion: pass-rate, who: Ada, why: provider down, until: 2026-12-01}
            - {stage: dev-to-staging, criterion: "*", who: Bob, why: spring, until: 2026-12-01}
            """,
            LocalDate.of(2026, 11, 20));
    QualityGate gate = gate(Stage.DEV_TO_STAGING, "");
    GateDecision decision = gate.judge(support(3, 9), overrides);

    assertThat(decision.verdict()).isEqualTo(GateVerdict.OVERRIDDEN);
    assertThat(decision.opens()).isTrue();
    assertThat(decision.overrides()).extracting(each -> each.who()).containsExactly("Ada");
    assertThat(finding(decision, "pass-rate").evidence())
        .isEqualTo(
            "FAILED, overridden by Ada until 2026-12-01: provider down. 3 of 9 golden tasks passed.");
    assertThat(gate.judge(GateEvidence.of("1", NOW).build(), overrides).verdict())
        .isEqualTo(GateVerdict.BLOCKED);
    assertThat(gate(Stage.PRODUCTION, "").judge(support(3, 9), overrides).opens()).isFalse();
  }

  @Test
  void acceptsAdditionalCriteria() {
    Statistics before = Statistics.of(tasks("support", 14, 14));
    Statistics now = Statistics.of(tasks("support", 14, 20));
    Statistics worse = Statistics.of(tasks("support", 7, 14));
    QualityGate gate = gate(Stage.DEV_TO_STAGING, "gates: {dev-to-staging: 0.5}");

    assertThat(
            gate.with(Criterion.noRegression(Comparison.of(before, now, 1)))
                .judge(support(14, 20), GateOverrides.NONE)
                .verdict())
        .isEqualTo(GateVerdict.PASSED);
    assertThat(
            finding(
                gate.with(Criterion.noRegression(Comparison.of(before, worse, 1)))
                    .judge(support(7, 14), GateOverrides.NONE),
                "regression"))
        .satisfies(each -> {
          assertThat(each.verdict()).isEqualTo(GateVerdict.FAILED);
          assertThat(each.measured()).isEqualTo("7 regressed, 0 repaired of 14");
          assertThat(each.remedy()).startsWith("Look at support/t007, support/t008");
        });
  }

  private static Finding load(String version, int daysAgo, long calls, long errors, long p95Ms) {
    CallReport report =
        new CallReport(
            "load.json",
            "",
            version,
            NOW.minus(Duration.ofDays(daysAgo)),
            calls,
            errors,
            Duration.ofMillis(p95Ms));
    GateEvidence evidence =
        GateEvidence.of("1.2", NOW)
            .results(tasks("support", 60, 60))
            .agents(List.of(info("support")))
            .loadTests(List.of(report))
            .build();
    return finding(judge(Stage.STAGING_TO_PRODUCTION, "", evidence), "load-test");
  }

  private static GateEvidence support(int passed, int all) {
    return evidence(tasks("support", passed, all));
  }

  private static GateEvidence evidence(List<TaskResult> results) {
    return GateEvidence.of("1.2", NOW)
        .results(results)
        .agents(Statistics.of(results).agents().stream().map(QualityGateTests::info).toList())
        .build();
  }

  private static AgentInfo info(String agent) {
    return new AgentInfo(agent, "Answers questions.", List.of());
  }

  private static GateDecision judge(Stage stage, String yaml, GateEvidence evidence) {
    return gate(stage, yaml).judge(evidence, GateOverrides.NONE);
  }

  private static QualityGate gate(Stage stage, String yaml) {
    return QualityGate.of(
        stage, Settings.builder().yaml("gild.yaml", yaml).build().get(Gates.SECTION).of(stage));
  }

  private static Finding finding(GateDecision decision, String criterion) {
    return decision.findings().stream()
        .filter(each -> each.criterion().equals(criterion))
        .findFirst()
        .orElseThrow();
  }
}
