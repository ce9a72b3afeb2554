package io.gild.libraries;

import io.gild.core.GovernedMethod;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** A request to a chat model that streams its answer to a handler. */
final class StreamingJoinPoint extends RequestJoinPoint {

  private static final LibraryMethod CHATS =
      LibraryMethod.chat("dev.langchain4j.model.chat.StreamingChatModel", "chat");

  StreamingJoinPoint(LibraryMethods methods, ModelDialect dialect) {
    super(methods, CHATS, dialect);
  }

  @Override
  @Nullable Object begin(
      GovernedMethod method,
      @Nullable Object self,
      @Nullable Object[] arguments,
      MethodHandle handle) {
    Object handler = arguments[arguments.length - 1];
    StreamHandler forwarding = handler == null ? null : StreamHandler.of(handler);
    if (forwarding == null) {
      return null;
    }
    WovenRequest request = request(self, arguments, handle);
    return new StreamCall(method, request, forwarding).start(self);
  }
}
