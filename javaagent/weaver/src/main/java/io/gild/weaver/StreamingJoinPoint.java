package io.gild.weaver;

import io.gild.core.GovernedMethod;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** A request to a chat model that is answered piece by piece, to a handler. */
final class StreamingJoinPoint implements JoinPoint {

  private static final String CLASS = "dev.langchain4j.model.chat.StreamingChatModel";

  private final LibraryMethods methods;

  StreamingJoinPoint(LibraryMethods methods) {
    this.methods = methods;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    if (handle == null || OwnMethod.passes(this) || ChatJoinPoint.isInner()) {
      return null;
    }
    LangChain4jShape shape = LangChain4jShape.of(arguments[0]);
    Object handler = arguments[arguments.length - 1];
    StreamHandler forwarding = handler == null ? null : StreamHandler.of(handler);
    GovernedMethod method = shape == null ? null : methods.chat(CLASS);
    if (shape == null || forwarding == null || method == null) {
      return null;
    }
    ModelRequest request =
        new ModelRequest(shape, self, arguments, new OwnMethod(this, self, handle));
    return new StreamCall(method, shape, request, forwarding).start(self);
  }
}
