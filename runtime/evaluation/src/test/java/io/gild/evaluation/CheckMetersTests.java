package io.gild.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.GildRuntime;
import io.gild.gates.CheckResult;
import io.gild.gates.Outcome;
import io.gild.gates.Spent;
import io.gild.gates.TaskKey;
import io.gild.gates.TaskResult;
import io.gild.testkit.RecordedMeters;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckMetersTests {

  private final GildRuntime runtime = GildRuntime.builder().build();
  private final RecordedMeters meters = RecordedMeters.of(runtime.meters());

  @Test
  void countsAndScoresTheChecksOfEachKind() {
    CheckMeters.record(
        result(
            new CheckResult("contains: the customer's words", Outcome.PASSED, 1, 1, ""),
            new CheckResult("Contains: more", Outcome.FAILED, 0.25, 1, "not there"),
            new CheckResult("judge", Outcome.JUDGE_FAILED, 0, 1, "no verdict")),
        runtime.meters());

    assertThat(meters.value("gild.eval.results", "support", "contains", "pass")).hasValue(1);
    assertThat(meters.value("gild.eval.results", "support", "contains", "fail")).hasValue(1);
    assertThat(meters.value("gild.eval.results", "support", "judge", "fail")).hasValue(0);
    assertThat(meters.value("gild.eval.results", "support", "judge", "undecided")).hasValue(1);
    assertThat(meters.value("gild.eval.score", "support", "contains")).hasValue(1.25);
    assertThat(meters.value("gild.eval.score", "support", "judge")).isEmpty();
  }

  private static TaskResult result(CheckResult... checks) {
    return new TaskResult(
        new TaskKey("support", "refund"),
        "1.2",
        "com.acme.SupportAgent#answer",
        List.of(),
        1,
        42,
        Instant.EPOCH,
        Outcome.FAILED,
        0.5,
        List.of(checks),
        "input",
        "expected",
        "answer",
        "message",
        Spent.NOTHING);
  }
}
