package io.gild.libraries;

import io.gild.core.GovernedMethod;
import io.gild.weaver.OwnMethod;
import io.gild.weaver.spi.JoinPoint;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** A request to a chat model that is answered piece by piece, to a handler. */
final class StreamingJoinPoint implements JoinPoint {

  private static final LibraryMethod CHATS =
      LibraryMethod.chat("dev.langchain4j.model.chat.StreamingChatModel", "chat");

  private final LibraryMethods methods;
  private final ModelDialect dialect;

  StreamingJoinPoint(LibraryMethods methods, ModelDialect dialect) {
    this.methods = methods;
    this.dialect = dialect;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    if (handle == null
        || arguments[0] == null
        || OwnMethod.passes(this)
        || WovenRequest.isInner()) {
      return null;
    }
    Object handler = arguments[arguments.length - 1];
    StreamHandler forwarding = handler == null ? null : StreamHandler.of(handler);
    GovernedMethod method = methods.get(CHATS, self);
    if (forwarding == null || method == null) {
      return null;
    }
    WovenRequest request = methods.request(dialect, CHATS, this, self, arguments, handle);
    return new StreamCall(method, request, forwarding).start(self);
  }
}
