package io.gild.libraries;

import io.gild.core.GovernedMethod;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A request to a model whose chunks an {@code AsyncStreamResponse} pushes to its handler. */
final class ModelPushJoinPoint extends RequestJoinPoint {

  ModelPushJoinPoint(LibraryMethods methods, LibraryMethod kind, ModelDialect dialect) {
    super(methods, kind, dialect);
  }

  @Override
  @SuppressWarnings("unchecked") // a JDK publisher is made from a JDK publisher
  @Nullable Object begin(
      GovernedMethod method,
      @Nullable Object self,
      @Nullable Object[] arguments,
      MethodHandle handle) {
    Class<?> type = handle.type().returnType();
    if (!type.isInterface()) { // it cannot be imitated
      return null;
    }
    WovenRequest request = request(self, arguments, handle);
    try {
      Object chunks =
          method.callStream(
              Flow.Publisher.class,
              self,
              governed -> HandledStream.published(type, request.runStream(replayed -> replayed)),
              ModelListener.of(request),
              false,
              request.governedArguments());
      return WovenCall.Settled.returning(
          HandledStream.of(type, Objects.requireNonNull((Flow.Publisher<Object>) chunks)));
    } catch (Throwable failure) {
      return WovenCall.Settled.throwing(failure);
    }
  }
}
