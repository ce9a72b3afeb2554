package io.gild.libraries;

import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.GovernedMethod;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** A request to a model that returns its answer. */
final class ModelJoinPoint extends RequestJoinPoint {

  ModelJoinPoint(LibraryMethods methods, LibraryMethod kind, ModelDialect dialect) {
    super(methods, kind, dialect);
  }

  @Override
  @Nullable Object begin(
      GovernedMethod method,
      @Nullable Object self,
      @Nullable Object[] arguments,
      MethodHandle handle)
      throws Throwable {
    WovenRequest request = request(self, arguments, handle);
    Body body =
        governed -> {
          AgentCall call = AgentCall.current();
          Object response = request.run();
          request.record(call, response);
          return response;
        };
    Object answer;
    try {
      answer = method.call(self, body, request.governedArguments());
    } catch (Throwable failure) {
      return WovenCall.Settled.throwing(failure);
    }
    return WovenCall.Settled.returning(request.response(answer));
  }
}
