package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.GildLog;
import io.gild.core.GovernedMethod;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A request to a model whose response comes as a {@link CompletableFuture}. */
final class ModelFutureJoinPoint implements JoinPoint {

  private final LibraryMethods methods;
  private final LibraryMethod kind;
  private final ModelDialect dialect;

  ModelFutureJoinPoint(LibraryMethods methods, LibraryMethod kind, ModelDialect dialect) {
    this.methods = methods;
    this.kind = kind;
    this.dialect = dialect;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    if (handle == null
        || arguments[0] == null
        || OwnMethod.passes(this)
        || ModelRequest.isInner()) {
      return null;
    }
    GovernedMethod method = methods.get(kind, self);
    if (method == null) {
      return null;
    }
    ModelRequest request = methods.request(dialect, kind, this, self, arguments, handle);
    Body body =
        governed -> {
          AgentCall call = AgentCall.current();
          CompletionStage<?> stage = (CompletionStage<?>) request.runLater();
          if (stage != null) {
            stage.whenComplete((response, failure) -> request.record(call, response));
          }
          return stage;
        };
    return WovenCall.Settled.returning(
        response(request, method.callAsync(self, body, request.governedArguments())));
  }

  /** Has the model itself answer. */
  private static void ask(ModelRequest request, CompletableFuture<@Nullable Object> promise) {
    try {
      Objects.requireNonNull((CompletionStage<?>) request.runLater())
          .whenComplete((response, failure) -> {
            if (failure == null) {
              promise.complete(response);
            } else {
              promise.completeExceptionally(failure);
            }
          });
    } catch (Throwable failure) {
      promise.completeExceptionally(failure);
    }
  }

  /** Passes a cancellation on, as {@code thenApply} would not. */
  private static CompletableFuture<@Nullable Object> response(
      ModelRequest request, CompletableFuture<@Nullable Object> outcome) {
    CompletableFuture<@Nullable Object> promise = new CompletableFuture<>();
    outcome.whenComplete((value, failure) -> {
      if (failure == null) {
        try {
          promise.complete(request.response(value));
        } catch (Throwable fault) {
          GildLog.faultOnce("Answering for a model", fault);
          ask(request, promise);
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
