package io.gild.evaluation;

import io.gild.config.Durations;
import io.gild.evaluation.spi.Evidence;
import io.gild.evaluation.spi.Verdict;
import io.gild.golden.AnswerCheck;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Judges the time, money, tokens and attempts of an answer. */
final class Spending {

  private static final String UNSEEN =
      "no model request was seen. Attach the javaagent (gild eval does, with --javaagent; tests with"
          + " -javaagent in argLine), or add the dependency io.gild:gild-langchain4j";

  private static final String UNKNOWN = "usage is unknown: ";
  private static final String NO_TOKENS =
      "model requests were seen, but no answer reported its tokens. Let the client ask for usage"
          + " (stream_options.include_usage), or remove the check";
  private static final String NO_PRICE =
      "a model has no known price. The log names it; set its price under prices in gild.yaml";

  private Spending() {}

  static Verdict cost(AnswerCheck.Cost check, Evidence evidence) {
    boolean low = evidence.spent().costUsd().compareTo(check.atMost()) <= 0;
    String unknown = unknown(evidence);
    if (low && unknown != null) {
      return Verdict.judgeFailed(unknown);
    }
    if (low && !evidence.priced()) {
      return Verdict.judgeFailed("cost is unknown: " + NO_PRICE);
    }
    return Verdict.of(
        low,
        "cost $%s, more than $%s"
            .formatted(evidence.spent().costUsd().toPlainString(), check.atMost().toPlainString()));
  }

  static Verdict tokens(AnswerCheck.Tokens check, Evidence evidence) {
    String unknown = unknown(evidence);
    if (unknown != null) {
      return Verdict.judgeFailed(unknown);
    }
    return Verdict.of(
        evidence.spent().tokens() <= check.atMost(),
        "used %d tokens, more than %d".formatted(evidence.spent().tokens(), check.atMost()));
  }

  private static @Nullable String unknown(Evidence evidence) {
    if (!evidence.measured()) {
      return UNKNOWN + UNSEEN;
    }
    return evidence.spent().tokens() == 0 ? UNKNOWN + NO_TOKENS : null;
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
