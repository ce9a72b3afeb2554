package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.observability.CallLogSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of the call log that policies of all modules cause, checked with the published schema. */
class CallLogLinesTests {

  @TempDir Path folder;

  @Test
  void hasALineForEachDecision() throws Exception {
    List<Map<String, Object>> lines =
        linesOf("[calls, decisions, choices]", 1, CallLogLinesTests::makeAll);

    assertThat(lines)
        .extracting(line -> line.get("event"))
        .contains(
            "invoke_agent",
            "retry",
            "fell_back",
            "breaker_opened",
            "breaker_refused",
            "breaker_half_opened",
            "breaker_closed",
            "routed",
            "failed_over",
            "cache_hit",
            "rate_refused",
            "bulkhead_refused",
            "budget_refused",
            "timed_out");
    assertThat(LoggedDesk.line(lines, "retry"))
        .containsEntry("method", "retried")
        .containsEntry("attempt", 1L)
        .containsEntry("waitMillis", 50L)
        .containsEntry("error", "java.io.IOException")
        .containsKey("call");
    assertThat(LoggedDesk.line(lines, "failed_over"))
        .containsEntry("from", "tiny")
        .containsEntry("to", "middle");
    assertThat(LoggedDesk.line(lines, "breaker_opened").get("call"))
        .as("the call that opened it")
        .isNotNull();
    assertThat(lines).noneMatch(line -> line.toString().contains("secret"));
  }

  @Test
  void leavesOutWhatIsNotAskedFor() throws Exception {
    assertThat(linesOf("[decisions]", 1, CallLogLinesTests::makeAll))
        .extracting(line -> line.get("event"))
        .contains("retry")
        .doesNotContain("invoke_agent", "routed", "cache_hit");
    assertThat(linesOf("[calls]", 1, CallLogLinesTests::makeAll))
        .extracting(line -> line.get("event"))
        .containsOnly("invoke_agent");
  }

  @Test
  void keepsFailuresAndTheirDecisionsOfCallsThatAreNotSampled() throws Exception {
    List<Map<String, Object>> lines =
        linesOf(
            "[calls, decisions]",
            1e-9,
            desk -> {
              desk.call("well", arguments -> "answer");
              desk.call(
                  "outer",
                  arguments -> {
                    desk.call("inner", again -> "answer");
                    return desk.call("failing", again -> LoggedDesk.failed());
                  });
              desk.call("retried", arguments -> LoggedDesk.failed());
            });

    assertThat(lines)
        .extracting(line -> line.get("method"))
        .containsExactly("inner", "failing", "outer");
    assertThat(lines).noneMatch(line -> line.containsKey("sampled"));
  }

  @Test
  void weighsTheLinesOfASample() throws Exception {
    List<Map<String, Object>> lines =
        linesOf(
            "[calls]",
            0.5,
            desk -> {
              for (int i = 0; i < 2_000; i++) {
                desk.call("outer", arguments -> desk.call("inner", again -> "answer"));
              }
            });

    assertThat(lines).hasSizeBetween(1_600, 2_400).allMatch(line -> line.get("sampled") != null);
    assertThat(lines.stream().filter(line -> "inner".equals(line.get("method"))))
        .as("trees are complete")
        .hasSize(lines.size() / 2);
  }

  @Test
  void rejectsARateThatIsNone() {
    for (double rate : new double[] {0, -1, 1.1, Double.NaN}) {
      assertThat(catchThrowable(() -> new CallLogSettings(List.of(), rate)))
          .hasMessageContaining("call-log-sample must be above 0 and up to 1");
    }
  }

  @Test
  void cutsHostileNames() throws Exception {
    String hostile = "a\r\n{\"event\":\"forged\"}\u001b[2J\u202e" + "x".repeat(1_000_000);
    List<Map<String, Object>> lines =
        linesOf(
            "[calls, decisions]",
            1,
            desk -> {
              desk.named(hostile, "retried")
                  .call(null, arguments -> LoggedDesk.failed(), "q", hostile, hostile);
            });

    assertThat(lines).hasSize(3).allMatch(line -> line.toString().length() < 2_000);
    assertThat(lines)
        .allMatch(line -> String.valueOf(line.get("session")).startsWith("a{\"event\""))
        .allMatch(line -> line.get("agent").equals(line.get("tenant")));
  }

  private static void makeAll(LoggedDesk desk) {
    desk.call("retried", arguments -> LoggedDesk.failed());
    for (int i = 0; i < 3; i++) {
      desk.call("broken", arguments -> LoggedDesk.failed());
    }
    desk.pass(Duration.ofSeconds(11));
    desk.call("broken", arguments -> "answer");
    int[] runs = {0};
    desk.call("routed", arguments -> runs[0]++ == 0 ? LoggedDesk.failed() : "answer");
    desk.call("cached", arguments -> "answer");
    desk.call("cached", arguments -> "answer");
    desk.call("limited", arguments -> "answer");
    desk.call("limited", arguments -> "answer");
    desk.call(
        "crowded",
        arguments -> {
          Thread other = new Thread(() -> desk.call("crowded", again -> "answer"));
          other.start();
          other.join();
          return "answer";
        });
    desk.call(
        "poor",
        arguments -> {
          AgentCall.current().recordUsage("gpt-4o-mini", Usage.of(100, 10));
          return "answer";
        });
    desk.call("poor", arguments -> "answer");
    desk.call(
        "slow",
        arguments -> {
          new CountDownLatch(1).await();
          return "answer";
        });
  }

  private List<Map<String, Object>> linesOf(String events, double sample, LoggedDesk.Work work)
      throws Exception {
    return LoggedDesk.linesOf(folder, events, sample, work);
  }
}
