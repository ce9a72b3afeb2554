package io.gild.console;

import io.gild.config.Durations;
import io.gild.core.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How calls were answered, in words. */
final class CallWords {

  private CallWords() {}

  /** Returns one line: how a call was answered. */
  static String of(CallRow row) {
    List<String> parts = new ArrayList<>();
    parts.add(ending(row));
    if (row.cache == null || row.cache.equals("miss")) {
      way(row, parts);
    }
    return String.join(", ", parts);
  }

  private static String ending(CallRow row) {
    if (row.outcome == CallRow.Outcome.RUNNING) {
      return "is running";
    }
    if (Mark.FELL_BACK.isIn(row.marks)) {
      return "answered by the fallback";
    }
    if (Mark.REPLAYED.isIn(row.marks)) {
      return "answered with the recorded result of the side effect";
    }
    if ("hit".equals(row.cache)) {
      return "served from the cache: "
          + (Mark.SIMILAR.isIn(row.marks) ? "a similar question" : "the same question");
    }
    if ("shared".equals(row.cache)) {
      return "shared the answer of a concurrent call";
    }
    String answered = row.model == null ? "answered" : "answered by " + row.model;
    return switch (row.outcome) {
      case SUCCESS -> answered;
      case FAILURE -> "failed with " + simple(row.error);
      case REFUSED -> "refused: " + simple(row.error);
      case CANCELLED -> "cancelled by its caller";
      case RUNNING -> "is running";
    };
  }

  private static void way(CallRow row, List<String> parts) {
    if (row.firstModel != null) {
      parts.add(
          row.firstModel.equals(row.lastModel)
              ? "routed to " + row.firstModel
              : "routed to " + row.firstModel + ", then to " + row.lastModel);
    }
    if (row.attempts > 1) {
      parts.add(row.attempts + " attempts");
    }
    if (row.waitedNanos > 0) {
      parts.add("waited " + Durations.format(Duration.ofMillis(row.waitedNanos / 1_000_000)));
    }
    if (row.failedRequests > 0 && row.kind != CallRow.Kind.HTTP) {
      parts.add(row.failedRequests + " of " + row.httpAttempts + " HTTP requests failed");
    }
  }

  private static String simple(@Nullable String className) {
    return className == null || className.isEmpty()
        ? "an unknown error"
        : className.substring(className.lastIndexOf('.') + 1);
  }

  /** Returns what policies decided, each with its kind. */
  static List<Map<String, @Nullable Object>> decisions(CallRow row) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    if (row.cache != null) {
      add(
          all,
          row,
          "cache",
          switch (row.cache) {
            case "hit" ->
                Mark.SIMILAR.isIn(row.marks)
                    ? "served from the cache: a similar question"
                    : "served from the cache: the same question";
            case "shared" -> "shared the answer of a concurrent call with the same question";
            default -> "the cache had no answer";
          });
    }
    if (row.firstModel != null) {
      add(all, row, "route", "routed to " + row.firstModel);
      if (!row.firstModel.equals(row.lastModel)) {
        add(all, row, "route", "went on with " + row.lastModel + " after a failure");
      }
    }
    if (row.attempts > 1) {
      add(
          all,
          row,
          "retry",
          row.attempts
              + " attempts"
              + (row.waitedNanos > 0
                  ? "; waited "
                      + Durations.format(Duration.ofMillis(row.waitedNanos / 1_000_000))
                      + " between them"
                  : ""));
    }
    if (Mark.TIMED_OUT.isIn(row.marks)) {
      add(all, row, "timelimit", "an attempt exceeded its time limit");
    }
    refusal(row, all);
    if (Mark.FELL_BACK.isIn(row.marks)) {
      add(all, row, "fallback", "the fallback answered instead");
    }
    if (Mark.REPLAYED.isIn(row.marks)) {
      add(all, row, "effect", "the side effect did not run again: its recorded result was used");
    }
    return all;
  }

  private static void refusal(CallRow row, List<Map<String, @Nullable Object>> all) {
    if (row.outcome != CallRow.Outcome.REFUSED) {
      return;
    }
    switch (simple(row.error)) {
      case "BreakerOpen" -> add(all, row, "breaker", "the circuit breaker was open");
      case "BudgetExhausted" -> add(all, row, "budget", "the budget was spent");
      case "BulkheadFull" -> add(all, row, "bulkhead", "the bulkhead was full");
      case "RateLimited" -> add(all, row, "ratelimit", "the rate limit was used up");
      case "TimeLimitExceeded" -> add(all, row, "timelimit", "the time limit was exceeded");
      case "AttemptsExhausted" ->
          add(all, row, "retry", "no further request was allowed: too many had failed");
      default -> add(all, row, "refusal", "refused with " + simple(row.error));
    }
  }

  private static void add(
      List<Map<String, @Nullable Object>> all, CallRow row, String kind, String words) {
    Map<String, @Nullable Object> decision = new LinkedHashMap<>();
    decision.put("at", row.startMillis());
    decision.put("kind", kind);
    decision.put("words", words);
    all.add(decision);
  }
}
