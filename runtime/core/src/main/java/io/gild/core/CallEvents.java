package io.gild.core;

import java.time.Duration;
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
