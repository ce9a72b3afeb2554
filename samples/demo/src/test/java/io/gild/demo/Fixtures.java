package io.gild.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.gild.testkit.Fault;
import io.gild.testkit.LoggedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A small comparison made by hand, whose figures are known. */
final class Fixtures {

  static final Workload WORKLOAD = Workload.create(400, 7);

  private Fixtures() {}

  /** Before: every 10th question fails. After: none fails, half come from the cache. */
  static BeforeAndAfter comparison() {
    DemoOptions options =
        new DemoOptions(false, false, DemoOptions.LOOPBACK_QUESTIONS, false, false, false);
    return new BeforeAndAfter(RunConditions.of(WORKLOAD, options), before(), after());
  }

  static Runner.ScoredRun before() {
    List<Reply> replies = new ArrayList<>();
    List<LoggedRequest> log = new ArrayList<>();
    for (int i = 0; i < WORKLOAD.questions().size(); i++) {
      boolean fails = i % 10 == 0;
      replies.add(fails ? failed(i) : answered(i, 60 + i % 90));
      log.add(request(i, "gpt-4o", fails ? Fault.STATUS_503 : Fault.OK));
    }
    return scored(new Run("before", replies, log, GildReport.none(), 4.5));
  }

  static Runner.ScoredRun after() {
    List<Reply> replies = new ArrayList<>();
    List<LoggedRequest> log = new ArrayList<>();
    for (int i = 0; i < WORKLOAD.questions().size(); i++) {
      boolean cached = i % 2 == 0;
      replies.add(answered(i, cached ? 0.03 + i % 7 * 0.01 : 30 + i % 110));
      if (!cached) {
        Fault fault = i % 15 == 0 ? Fault.STATUS_429 : Fault.OK;
        log.add(request(i, i % 3 == 0 ? "gpt-4o" : "gpt-4o-mini", fault));
      }
    }
    return scored(new Run("after", replies, log, report(log.size()), 2.5));
  }

  static GildReport report(int httpAttempts) {
    String json =
        """
        {"calls":400,"attempts":200,"httpAttempts":%d,"costUsd":0.05,"cache":{"hits":200,"misses":200},
         "breaker":{"opened":1,"refused":3},"retries":14,"somethingNew":true}\
        """
            .formatted(httpAttempts);
    try {
      return new GildReport(JsonMappers.MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  static Reply answered(int question, double millis) {
    String intent = WORKLOAD.questions().get(question).intent();
    return new Reply("q" + question, "Intent: " + intent + "\nAnswer: Yes.", null, millis);
  }

  static Reply failed(int question) {
    return new Reply("q" + question, null, "com.acme.OverloadedException: 503", 4);
  }

  static LoggedRequest request(int sequence, String model, Fault fault) {
    boolean ok = fault == Fault.OK;
    return new LoggedRequest(
        sequence + 1,
        sequence * 11_000_000L,
        "/v1/chat/completions",
        model,
        fault.status(),
        fault,
        ok ? 200 : 0,
        ok ? 20 : 0,
        false,
        80_000_000,
        "0123456789abcdef");
  }

  private static Runner.ScoredRun scored(Run run) {
    return new Runner.ScoredRun(run, new RunScorer(WORKLOAD).score(run, text -> Set.of()));
  }
}
