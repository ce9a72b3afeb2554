package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.GovernedMethod;
import java.lang.invoke.MethodHandle;
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
    GovernedMethod method = methods.get(kind);
    if (method == null) {
      return null;
    }
    ModelRequest request = new ModelRequest(dialect, this, self, arguments, handle);
    Body body =
        governed -> {
          AgentCall call = AgentCall.current();
          CompletionStage<?> stage = (CompletionStage<?>) request.run();
          if (stage != null) {
            stage.thenAccept(response -> request.record(call, response));
          }
          return stage;
        };
    return WovenCall.Settled.returning(
        response(request, method.callAsync(self, body, request.governedArguments())));
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
          promise.completeExceptionally(fault);
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
