package io.gild.gates;

import static io.gild.gates.TestResults.NOW;

import io.gild.config.Settings;
import io.gild.gates.Gates.Stage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A report as a team of three agents would see it. */
final class SampleReport {

  static final String ATTACK =
      "</script><script>document.title='owned'</script>"
          + "<img src=x onerror=\"document.title='owned'\"><!--";

  private static final String[][] QUESTIONS = {
    {
      "refund-policy",
      "What is the refund policy?",
      "You may return goods within 30 days and get the whole price back.",
      "You may return goods within 14 days and get half of the price back."
    },
    {
      "opening-hours",
      "When are you open on Saturday?",
      "From 9 to 13 o'clock.",
      "We are closed on Saturday."
    },
    {
      "cancel-order",
      "Cancel my order 4711.",
      "Order 4711 is cancelled.",
      "I cannot find order 4711."
    },
    {
      "invoice-copy",
      "Send me a copy of my last invoice.",
      "A copy of invoice R-2026-118 is on its way.",
      "Please call our hotline."
    },
    {
      "two-currencies", "What are 20 euros in Swiss francs?", "About 19 francs.", "About 22 francs."
    },
    {"change-address", "I moved to Bern.", "Please tell me your new address.", "Done."},
  };

  private static final String[] AGENTS = {"support", "billing", "travel"};

  private SampleReport() {}

  /** Makes a report of so many tasks with three runs each. */
  static Report of(int tasks) {
    List<TaskResult> before = results(tasks - 2, 7, "1.1");
    List<TaskResult> now = results(tasks, 8, "1.2");
    List<History.Run> history = new ArrayList<>();
    for (int i = 14; i > 0; i--) {
      history.add(
          History.Run.of(
              "build " + (60 - i),
              NOW.minus(Duration.ofDays(i)),
              "1.1",
              Statistics.of(results(tasks - i, 100 - i, "1.1"))));
    }
    Statistics statistics = Statistics.of(now);
    GateEvidence evidence =
        GateEvidence.of("1.2", NOW)
            .results(now)
            .agents(
                List.of(
                    new AgentInfo("support", "Answers customers.", List.of()),
                    new AgentInfo("billing", "", List.of()),
                    new AgentInfo("travel", "Books journeys.", List.of())))
            .build();
    Comparison comparison = Comparison.of(Statistics.of(before), statistics, 42);
    GateDecision decision =
        QualityGate.of(
                Stage.STAGING_TO_PRODUCTION,
                Settings.defaults().get(Gates.SECTION).stagingToProduction())
            .with(Criterion.noRegression(comparison))
            .judge(evidence, GateOverrides.NONE);
    return Report.of("Acme Shop", "1.2", NOW, statistics)
        .with(decision)
        .with(comparison)
        .with(history);
  }

  private static List<TaskResult> results(int tasks, long seed, String version) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TaskResult> results = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      String[] question = QUESTIONS[i % QUESTIONS.length];
      String agent = AGENTS[i % AGENTS.length];
      double difficulty = new SplittableRandom(i + 1000L).nextDouble();
      double rate = difficulty < 0.06 ? 0.1 : difficulty < 0.14 ? 0.7 : 0.995;
      String task = i < QUESTIONS.length ? question[0] : question[0] + "-" + i / QUESTIONS.length;
      for (int repeat = 1; repeat <= 3; repeat++) {
        results.add(run(agent, task, question, repeat, rate, i, version, random));
      }
    }
    return results;
  }

  private static TaskResult run(
      String agent,
      String task,
      String[] question,
      int repeat,
      double rate,
      int number,
      String version,
      SplittableRandom random) {
    boolean passed = random.nextDouble() < rate;
    boolean planted = number == 1 && repeat == 2;
    double dice = random.nextDouble();
    Outcome outcome =
        planted
            ? Outcome.FAILED
            : passed
                ? Outcome.PASSED
                : dice < 0.7 ? Outcome.FAILED : dice < 0.85 ? Outcome.TIMED_OUT : Outcome.ERROR;
    if (number % 41 == 40) {
      outcome = Outcome.JUDGE_FAILED;
    }
    boolean answered = outcome == Outcome.PASSED || outcome == Outcome.FAILED;
    String answer = !answered ? "" : planted ? ATTACK : passed ? question[2] : question[3];
    double seconds = 0.35 - Math.log(1 - random.nextDouble()) * 0.6;
    return new TaskResult(
        new TaskKey(agent, task),
        version,
        "com.acme.shop." + agent + ".Agent#answer",
        number % 4 == 0
            ? List.of("smoke", "de")
            : number % 3 == 0 ? List.of("money") : List.of("smoke"),
        repeat,
        random.nextLong(),
        NOW.minusSeconds(900L - number),
        outcome,
        outcome == Outcome.PASSED ? 1 : answered ? 0.4 : 0,
        answered
            ? List.of(
                new CheckResult(
                    "contains: " + question[2],
                    outcome,
                    outcome == Outcome.PASSED ? 1 : 0.4,
                    1,
                    outcome == Outcome.PASSED ? "" : "the text is not there"))
            : List.of(),
        question[1],
        question[2],
        answer,
        switch (outcome) {
          case PASSED -> "";
          case FAILED -> "the answer does not contain the expected text";
          case TIMED_OUT -> "no answer within 5 s";
          case JUDGE_FAILED -> "the judge answered 503 three times";
          default -> "java.lang.IllegalStateException: no tool \"orders\"";
        },
        new Spent(
            Duration.ofMillis((long) (seconds * 1000)),
            BigDecimal.valueOf((long) (2_000 + 9_000 * random.nextDouble()), 6),
            420 + random.nextInt(300),
            60 + random.nextInt(90),
            1 + random.nextInt(2),
            1 + random.nextInt(3)));
  }
}
