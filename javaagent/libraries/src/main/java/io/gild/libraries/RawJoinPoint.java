package io.gild.libraries;

import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.GovernedMethod;
import io.gild.weaver.OwnMethod;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A request to a model whose answer is an HTTP response that the caller itself parses or reads.
 *
 * <p>The response is read before the caller gets it, as if the library parsed it: only then are its
 * tokens known, and whether it is valid.
 */
final class RawJoinPoint extends RequestJoinPoint {

  private static final String HANDLER = "createHandler";

  RawJoinPoint(LibraryMethods methods, LibraryMethod kind, ModelDialect dialect) {
    super(methods, kind, dialect);
  }

  @Override
  @Nullable Object begin(
      GovernedMethod method,
      @Nullable Object self,
      @Nullable Object[] arguments,
      MethodHandle handle)
      throws Throwable {
    if (self == null) {
      return null;
    }
    RawService service = new RawService(self, HANDLER, arguments);
    if (!service.isKnown()) {
      return null;
    }
    ModelDialect raw = new RawDialect(dialect, service);
    OwnMethod own = new OwnMethod(this, self, handle);
    if (handle.type().returnType() == CompletableFuture.class) {
      Body later = given -> read(service, (CompletionStage<?>) own.run(given));
      WovenRequest request = methods.request(raw, kind, self, arguments, later);
      return WovenCall.Settled.returning(
          ModelFutureJoinPoint.call(method, self, request, RawJoinPoint::response));
    }
    Body whole = given -> read(service, own.run(given));
    WovenRequest request = methods.request(raw, kind, self, arguments, whole);
    Object answer;
    try {
      answer = method.call(self, recording(request), request.governedArguments());
    } catch (Throwable failure) {
      return WovenCall.Settled.throwing(failure);
    }
    return WovenCall.Settled.returning(response(request.response(answer)));
  }

  private static Body recording(WovenRequest request) {
    return governed -> {
      AgentCall call = AgentCall.current();
      Object answer = request.run();
      request.record(call, answer);
      return answer;
    };
  }

  private static @Nullable Object response(@Nullable Object answer) {
    return answer instanceof RawAnswer raw ? raw.response() : answer;
  }

  private static @Nullable CompletionStage<?> read(
      RawService service, @Nullable CompletionStage<?> stage) {
    return stage == null
        ? null
        : stage.thenApply(response -> {
          try {
            return read(service, response);
          } catch (Throwable failure) {
            throw new CompletionException(failure);
          }
        });
  }

  /** An answer that cannot be parsed is a failure if the call may be repeated. */
  private static @Nullable Object read(RawService service, @Nullable Object response)
      throws Throwable {
    if (response == null) {
      return null;
    }
    AgentCall call = AgentCall.current();
    RawAnswer answer = RawAnswer.read(service, response);
    Throwable failure = answer.failure();
    if (failure != null && call != null && WovenRequest.acts(call)) {
      throw failure;
    }
    return answer;
  }
}
