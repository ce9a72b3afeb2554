package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.gates.AuditLog;
import io.gild.gates.Finding;
import io.gild.gates.GateDecision;
import io.gild.gates.GateVerdict;
import io.gild.gates.Gates.Stage;
import io.gild.gates.History;
import io.gild.gates.TaskKey;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateDecisionsTests {

  private static final Instant AT = Instant.parse("2026-11-30T10:00:00Z");

  @TempDir Path data;

  private void decide(Stage stage, Instant at, GateVerdict support) {
    AuditLog.in(data)
        .append(
            new GateDecision(
                stage,
                "1.2",
                at,
                List.of(
                    new Finding("pass-rate", "support", support, "85.0 %", ">= 95 %", "", ""),
                    new Finding("pass-rate", "billing", GateVerdict.PASSED, "100 %", "", "", ""),
                    new Finding("docs", "", GateVerdict.OVERRIDDEN, "absent", "present", "", "")),
                List.of()));
  }

  @Test
  void hasTheNewestDecisionOfEachGateOnEachAgent() throws Exception {
    decide(Stage.STAGING_TO_PRODUCTION, AT, GateVerdict.NOT_ENOUGH_RUNS);
    decide(Stage.DEV_TO_STAGING, AT, GateVerdict.PASSED);
    decide(Stage.STAGING_TO_PRODUCTION, AT.plusSeconds(9), GateVerdict.FAILED);
    Files.writeString(
        AuditLog.in(data).file(), "{\"event\":\"gate\", cut", StandardOpenOption.APPEND);

    assertThat(GateDecisions.read(data).newest())
        .extracting(gate -> gate.get("agent") + " " + gate.get("stage") + " " + gate.get("verdict"))
        .containsExactly(
            "billing dev-to-staging overridden",
            "billing staging-to-production overridden",
            "support dev-to-staging overridden",
            "support staging-to-production failed");
    assertThat(GateDecisions.read(data).newest().get(3))
        .containsEntry("words", "pass-rate: 85.0 %, required is >= 95 %")
        .containsEntry("at", AT.plusSeconds(9).toEpochMilli())
        .containsEntry("opens", false)
        .containsEntry("version", "1.2");
  }

  @Test
  void namesTheGateOfARun() {
    decide(Stage.PRODUCTION, AT, GateVerdict.FAILED);
    History.in(data)
        .append(
            new History.Run(
                AT.toString(),
                AT,
                "1.2",
                Map.of(
                    new TaskKey("support", "refund"),
                    new History.Point(1, 2, 0.5, BigDecimal.ZERO, 10))));

    List<?> runs = (List<?>) GoldenRuns.of(data).get("runs");
    assertThat(Http.map(runs.get(0)).get("gate")).isEqualTo("failed");
    assertThat(Http.map(runs.get(0)).get("stage")).isEqualTo("production");
  }

  @Test
  void hasNoneWithoutAnAuditLog() throws Exception {
    assertThat(GateDecisions.read(data).newest()).isEmpty();
    assertThat(GateDecisions.read(data).ofRun(AT.toString(), "support")).isNull();
    assertThat(GoldenRuns.of(data)).containsEntry("gates", List.of());
  }
}
