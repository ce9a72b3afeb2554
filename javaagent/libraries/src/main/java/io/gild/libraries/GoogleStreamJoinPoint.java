package io.gild.libraries;

import io.gild.core.CallContext;
import io.gild.core.GovernedMethod;
import io.gild.weaver.OwnMethod;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request to Gemini whose chunks the caller pulls.
 *
 * <p>An asynchronous request opens its stream on one of Gild's threads: the common pool may have no
 * free thread, and until it has, no time limit would run.
 */
final class GoogleStreamJoinPoint implements JoinPoint {

  private final LibraryMethods methods;
  private final LibraryMethod kind;
  private final ModelDialect dialect;
  private final GoogleStreams streams;

  GoogleStreamJoinPoint(
      LibraryMethods methods, LibraryMethod kind, ModelDialect dialect, GoogleStreams streams) {
    this.methods = methods;
    this.kind = kind;
    this.dialect = dialect;
    this.streams = streams;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    if (handle == null || self == null || OwnMethod.passes(this) || WovenRequest.isInner()) {
      return null;
    }
    GovernedMethod method = methods.get(kind, self);
    Object stream = method == null ? null : streams.make(self);
    if (method == null || stream == null) {
      return null;
    }
    WovenRequest request = methods.request(dialect, kind, this, self, arguments, handle);
    if (handle.type().returnType() == CompletableFuture.class) {
      return WovenCall.Settled.returning(
          later(
              method,
              CallContext.capture().wrapSupplier(() -> open(method, self, request, stream))));
    }
    try {
      return WovenCall.Settled.returning(open(method, self, request, stream));
    } catch (Throwable failure) {
      return WovenCall.Settled.throwing(failure);
    }
  }

  static CompletableFuture<Object> later(GovernedMethod method, Supplier<Object> opening) {
    try {
      return CompletableFuture.supplyAsync(opening, method.application().attemptExecutor());
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.supplyAsync(
          opening); // the runtime is closed, but the caller still waits
    }
  }

  private Object open(GovernedMethod method, Object self, WovenRequest request, Object stream) {
    streams.give(
        stream,
        chunks ->
            method.pull(
                self,
                governed -> chunks.attempt(opened(request.run())),
                ModelListener.of(request),
                request.governedArguments()));
    return stream;
  }

  private static @Nullable Object opened(@Nullable Object stream) throws Throwable {
    if (!(stream instanceof CompletableFuture<?> future)) {
      return stream;
    }
    try {
      return future.get();
    } catch (ExecutionException failure) {
      throw failure.getCause() == null ? failure : failure.getCause();
    }
  }
}
