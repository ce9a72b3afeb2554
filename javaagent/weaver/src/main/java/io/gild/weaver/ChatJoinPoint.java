package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.GovernedMethod;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** A request to a chat model that is answered at once. */
final class ChatJoinPoint implements JoinPoint {

  private static final String CLASS = "dev.langchain4j.model.chat.ChatModel";

  private final LibraryMethods methods;

  ChatJoinPoint(LibraryMethods methods) {
    this.methods = methods;
  }

  /** Tells whether a request is just a part of one that is governed already. */
  static boolean isInner() {
    AgentCall outer = AgentCall.current();
    return outer != null && outer.method().spec().kind().isModel();
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    if (handle == null || OwnMethod.passes(this) || isInner()) {
      return null;
    }
    LangChain4jShape shape = LangChain4jShape.of(arguments[0]);
    GovernedMethod method = shape == null ? null : methods.chat(CLASS);
    if (shape == null || method == null) {
      return null;
    }
    ModelRequest request =
        new ModelRequest(shape, self, arguments, new OwnMethod(this, self, handle));
    Body body =
        governed -> {
          AgentCall call = AgentCall.current();
          Object response = request.run(governed[0], null);
          request.record(call, response);
          return response;
        };
    try {
      return WovenCall.Settled.returning(
          request.response(method.call(self, body, request.governedArguments())));
    } catch (Throwable failure) {
      return WovenCall.Settled.throwing(failure);
    }
  }
}
