package io.gild.libraries;

import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.GovernedMethod;
import io.gild.weaver.OwnMethod;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** A request to a model that is answered at return. */
final class ModelJoinPoint implements JoinPoint {

  private final LibraryMethods methods;
  private final LibraryMethod kind;
  private final ModelDialect dialect;

  ModelJoinPoint(LibraryMethods methods, LibraryMethod kind, ModelDialect dialect) {
    this.methods = methods;
    this.kind = kind;
    this.dialect = dialect;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle)
      throws Throwable {
    if (handle == null
        || arguments[0] == null
        || OwnMethod.passes(this)
        || WovenRequest.isInner()) {
      return null;
    }
    GovernedMethod method = methods.get(kind, self);
    if (method == null) {
      return null;
    }
    WovenRequest request = methods.request(dialect, kind, this, self, arguments, handle);
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
