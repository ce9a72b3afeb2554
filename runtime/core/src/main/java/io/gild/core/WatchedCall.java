package io.gild.core;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A call without acting policies, of a method whose result outlasts its return: the caller gets the
 * same object that the method returned.
 *
 * <p>A stage ends the call when it completes. The end of any other stream could only be seen by a
 * stream in its place, so such a call ends at the return.
 */
final class WatchedCall {

  private final DrivenCall call;
  private final Body body;

  WatchedCall(DrivenCall call, Body body) {
    this.call = call;
    this.body = body;
    call.becomeAsynchronous();
  }

  @Nullable Object run() {
    while (call.proceed()) {
      Runnable remove = call.installCarried();
      Object result;
      try {
        result = body.run(call.arguments());
      } catch (Throwable failure) {
        call.threw(failure);
        continue;
      } finally {
        remove.run();
      }
      if (result instanceof CompletionStage<?> stage) {
        CurrentCall.leave(call.parent());
        watch(stage);
        return result;
      }
      call.returned(result);
    }
    return call.result();
  }

  private void watch(CompletionStage<?> stage) {
    try {
      stage.whenComplete((value, failure) -> over(stage, value, failure));
    } catch (Throwable closed) {
      GildLog.faultOnce("Listening to what " + call.method().spec().id() + " returned", closed);
      over(stage, null, null);
    }
  }

  private void over(CompletionStage<?> stage, @Nullable Object value, @Nullable Throwable failure) {
    AgentCall previous = CurrentCall.enter(call);
    try {
      if (failure != null && stage instanceof Future<?> future && future.isCancelled()) {
        call.abandon(cancellation(failure));
        return;
      }
      if (failure == null) {
        call.returned(value);
      } else {
        call.threw(AsyncCall.unwrap(failure));
      }
      if (call.proceed()) {
        call.abandon(new CancellationException("the result cannot be repeated"));
      }
    } finally {
      CurrentCall.leave(previous);
    }
  }

  private static Throwable cancellation(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
