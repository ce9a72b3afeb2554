package io.gild.libraries;

import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.GildLog;
import io.gild.core.GovernedMethod;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A request to a model whose response comes as a {@link CompletableFuture}. */
final class ModelFutureJoinPoint extends RequestJoinPoint {

  ModelFutureJoinPoint(LibraryMethods methods, LibraryMethod kind, ModelDialect dialect) {
    super(methods, kind, dialect);
  }

  @Override
  @Nullable Object begin(
      GovernedMethod method,
      @Nullable Object self,
      @Nullable Object[] arguments,
      MethodHandle handle) {
    WovenRequest request = request(self, arguments, handle);
    return WovenCall.Settled.returning(call(method, self, request, answer -> answer));
  }

  /**
   * Makes a call of a method whose answer is asynchronous.
   *
   * @param shown converts an answer for the caller
   */
  static Object call(
      GovernedMethod method, @Nullable Object self, WovenRequest request, Shown shown) {
    Body body =
        governed -> {
          AgentCall call = AgentCall.current();
          CompletionStage<?> stage = (CompletionStage<?>) request.runLater();
          return stage == null ? null : recorded(stage, request, call);
        };
    return response(request, shown, method.callAsync(self, body, request.governedArguments()));
  }

  /** The caller's view of an answer. */
  @FunctionalInterface
  interface Shown {
    @Nullable Object of(@Nullable Object answer) throws Throwable;
  }

  /** Completes after the answer was recorded: dependents of one future run in no fixed order. */
  private static CompletableFuture<@Nullable Object> recorded(
      CompletionStage<?> stage, WovenRequest request, @Nullable AgentCall call) {
    CompletableFuture<@Nullable Object> recorded = new CompletableFuture<>();
    stage.whenComplete((response, failure) -> {
      request.record(call, response);
      if (failure == null) {
        recorded.complete(response);
      } else {
        recorded.completeExceptionally(failure);
      }
    });
    recorded.whenComplete((response, failure) -> {
      if (recorded.isCancelled() && stage instanceof Future<?> own) {
        own.cancel(true);
      }
    });
    return recorded;
  }

  /** Calls the model itself. */
  private static void ask(
      WovenRequest request, Shown shown, CompletableFuture<@Nullable Object> promise) {
    try {
      Objects.requireNonNull((CompletionStage<?>) request.runLater())
          .whenComplete((response, failure) -> {
            try {
              if (failure == null) {
                promise.complete(shown.of(response));
              } else {
                promise.completeExceptionally(failure);
              }
            } catch (Throwable fault) {
              promise.completeExceptionally(fault);
            }
          });
    } catch (Throwable failure) {
      promise.completeExceptionally(failure);
    }
  }

  /** Passes a cancellation on, which {@code thenApply} does not do. */
  private static CompletableFuture<@Nullable Object> response(
      WovenRequest request, Shown shown, CompletableFuture<@Nullable Object> outcome) {
    CompletableFuture<@Nullable Object> promise = new CompletableFuture<>();
    outcome.whenComplete((value, failure) -> {
      if (failure == null) {
        try {
          promise.complete(shown.of(request.response(value)));
        } catch (Throwable fault) {
          GildLog.faultOnce("Answering for a model", fault);
          ask(request, shown, promise);
        }
      } else {
        Throwable cause = failure.getCause();
        promise.completeExceptionally(
            failure instanceof CompletionException && cause != null ? cause : failure);
      }
    });
    promise.whenComplete((value, failure) -> {
      if (promise.isCancelled()) {
        outcome.cancel(true);
      }
    });
    return promise;
  }
}
