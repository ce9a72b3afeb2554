package io.gild.evaluation;

import io.gild.config.AnswerCheck;
import io.gild.config.Durations;
import io.gild.evaluation.spi.Evidence;
import io.gild.evaluation.spi.Verdict;
import java.time.Duration;

/** Judges what an answer took. */
final class Spending {

  private static final String UNSEEN =
      "no model request was seen; attach the javaagent, or add gild-langchain4j";

  private Spending() {}

  static Verdict cost(AnswerCheck.Cost check, Evidence evidence) {
    if (!evidence.measured()) {
      return Verdict.judgeFailed(UNSEEN);
    }
    return Verdict.of(
        evidence.spent().costUsd().compareTo(check.atMost()) <= 0,
        "cost $%s, more than $%s"
            .formatted(evidence.spent().costUsd().toPlainString(), check.atMost().toPlainString()));
  }

  static Verdict tokens(AnswerCheck.Tokens check, Evidence evidence) {
    if (!evidence.measured()) {
      return Verdict.judgeFailed(UNSEEN);
    }
    return Verdict.of(
        evidence.spent().tokens() <= check.atMost(),
        "used %d tokens, more than %d".formatted(evidence.spent().tokens(), check.atMost()));
  }

  static Verdict latency(AnswerCheck.Latency check, Evidence evidence) {
    Duration latency = evidence.spent().latency();
    return Verdict.of(
        latency.compareTo(check.atMost()) <= 0,
        "took %d ms, more than %s".formatted(latency.toMillis(), Durations.format(check.atMost())));
  }

  static Verdict attempts(AnswerCheck.Attempts check, Evidence evidence) {
    return Verdict.of(
        evidence.spent().attempts() <= check.atMost(),
        "took %d attempts, more than %d".formatted(evidence.spent().attempts(), check.atMost()));
  }
}
