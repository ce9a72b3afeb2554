package io.gild.demo;

import io.gild.operations.RolloutEvent;
import io.gild.operations.RolloutPicture;
import io.gild.operations.RolloutRecord;
import io.gild.operations.RolloutState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a new version.
 *
 * @param which the version
 * @param record the rollout
 * @param fault when its fault began: the kill, or else its first request
 * @param requests all requests that were sent meanwhile
 */
record CanaryOutcome(
    CanaryCase which, RolloutRecord record, Instant fault, List<SteadyLoad.Outcome> requests) {

  private static final String CANARY = "canary";
  private static final String STABLE = "stable";
  private static final double MILLIS = 1e3;

  /** Copies the list. */
  CanaryOutcome {
    requests = List.copyOf(requests);
  }

  boolean isRolledBack() {
    return record.state() == RolloutState.ROLLED_BACK;
  }

  /** Returns whether the bad version was taken back, or the good one promoted. */
  boolean isRight() {
    return which.isGood() ? record.state() == RolloutState.PROMOTED : isRolledBack();
  }

  /** Returns the decision that ended it: to take it back, or to promote it. */
  private RolloutEvent decision() {
    return record.events().stream()
        .filter(each ->
            each.state() == RolloutState.ROLLING_BACK || each.state() == RolloutState.PROMOTED)
        .findFirst()
        .orElse(record.events().get(record.events().size() - 1));
  }

  /** Returns by what it was decided. */
  String cause() {
    if (!isRolledBack()) {
      return "all criteria";
    }
    String cause = RolloutPicture.cause(decision());
    if (cause.contains(" is DOWN ")) {
      return "health check";
    }
    return cause.startsWith("a smoke test failed") ? "smoke test" : cause;
  }

  /** Returns the seconds from the fault to the decision. */
  double secondsToDecision() {
    return seconds(fault, decision().at());
  }

  /**
   * Returns the seconds from the fault until the last request was sent that met the new version; 0
   * without one.
   */
  double secondsToLast() {
    return requests.stream()
        .filter(each -> each.server().equals(CANARY) && !each.sent().isBefore(fault))
        .map(SteadyLoad.Outcome::sent)
        .max(Instant::compareTo)
        .map(last -> seconds(fault, last))
        .orElse(0.0);
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis() / MILLIS);
  }

  /** Returns how many requests the new version was given. */
  long met() {
    return requests.stream().filter(each -> each.server().equals(CANARY)).count();
  }

  /** Returns how many got a slow, wrong or dear answer, or none because of the crash. */
  long bad() {
    return switch (which) {
      case GOOD -> 0;
      case CRASHING -> failed() - failedBySwitch();
      default -> met();
    };
  }

  /** Returns how many got no answer. */
  long failed() {
    return requests.stream().filter(SteadyLoad.Outcome::failed).count();
  }

  /** Returns how many failed although no crashed version was asked. */
  long failedBySwitch() {
    return requests.stream()
        .filter(SteadyLoad.Outcome::failed)
        .filter(each -> each.server().equals(STABLE) || !isCrash(each))
        .count();
  }

  /** A request that ended before the kill did not fail because of it. */
  private boolean isCrash(SteadyLoad.Outcome each) {
    return which == CanaryCase.CRASHING && !each.ended().isBefore(fault);
  }

  /** Returns the fields of the JSON result. */
  Map<String, @Nullable Object> fields() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("name", which.title());
    fields.put("verdict", isRolledBack() ? "FAIL" : "PASS");
    fields.put("decidedBy", isRolledBack() ? cause() : "all criteria");
    fields.put("rolledBack", isRolledBack());
    fields.put("seconds", secondsToDecision());
    fields.put("secondsToLastRequest", secondsToLast());
    fields.put("requests", requests.size());
    fields.put("canaryRequests", met());
    fields.put("badRequests", bad());
    fields.put("failedRequests", failed());
    return fields;
  }
}
