package io.gild.core;

import io.gild.config.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the events of calls, but only if they have subscribers. */
final class CallEvents {

  private CallEvents() {}

  static void started(AgentCall call, Events events) {
    AgentCall parent = call.parent();
    events.callStarted.publish(
        new CallStarted(call.method().spec(), call.number(), parent == null ? 0 : parent.number()));
  }

  static void attemptEnded(AgentCall call, Events events) {
    events.attemptEnded.publish(
        new AttemptEnded(
            call.method().spec(),
            call.number(),
            call.attempts(),
            Duration.ofNanos(call.attemptEndNanos() - call.startNanos()),
            error(call.failure())));
  }

  static void usageRecorded(AgentCall call, String model, Usage usage, long nanoUsd) {
    List<UsageRecorded.Enclosing> within = new ArrayList<>();
    boolean givenUp = CurrentCall.isAbandoned();
    for (AgentCall each = call; each != null; each = each.parent()) {
      int attempt = givenUp && each == call ? 0 : Math.max(1, each.attempts());
      within.add(new UsageRecorded.Enclosing(each.number(), attempt));
    }
    call.method()
        .runtime()
        .events()
        .usageRecorded
        .publish(
            new UsageRecorded(
                call.method().spec(),
                Attribution.of(call, model),
                usage,
                nanoUsd,
                within,
                call.isShadow()));
  }

  static void ended(AgentCall call, Events events) {
    Throwable failure = call.failure();
    events.callEnded.publish(
        new CallEnded(
            call.method().spec(),
            call.number(),
            outcome(call, failure),
            call.attempts(),
            Duration.ofNanos(call.method().clock().nanoTime() - call.startNanos()),
            call.facts().usage(),
            call.facts().costKnown() ? call.facts().costNanoUsd() : -1,
            error(failure),
            call.isShadow()));
  }

  private static CallEnded.Outcome outcome(AgentCall call, @Nullable Throwable failure) {
    if (failure == null) {
      return CallEnded.Outcome.SUCCEEDED;
    }
    if (call.cancelled()) {
      return CallEnded.Outcome.CANCELLED;
    }
    return failure instanceof CallRefused ? CallEnded.Outcome.REFUSED : CallEnded.Outcome.FAILED;
  }

  private static String error(@Nullable Throwable failure) {
    return failure == null ? "" : failure.getClass().getName();
  }
}
