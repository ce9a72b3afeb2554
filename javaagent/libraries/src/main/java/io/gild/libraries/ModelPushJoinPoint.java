package io.gild.libraries;

import io.gild.core.GovernedMethod;
import io.gild.weaver.OwnMethod;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A request to a model whose pieces an {@code AsyncStreamResponse} pushes to its handler. */
final class ModelPushJoinPoint implements JoinPoint {

  private final LibraryMethods methods;
  private final LibraryMethod kind;
  private final ModelDialect dialect;

  ModelPushJoinPoint(LibraryMethods methods, LibraryMethod kind, ModelDialect dialect) {
    this.methods = methods;
    this.kind = kind;
    this.dialect = dialect;
  }

  @Override
  @SuppressWarnings("unchecked") // of a JDK publisher a JDK publisher is made
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    if (handle == null
        || !handle.type().returnType().isInterface() // it cannot be imitated
        || arguments[0] == null
        || OwnMethod.passes(this)
        || WovenRequest.isInner()) {
      return null;
    }
    GovernedMethod method = methods.get(kind, self);
    if (method == null) {
      return null;
    }
    Class<?> type = handle.type().returnType();
    WovenRequest request = methods.request(dialect, kind, this, self, arguments, handle);
    try {
      Object pieces =
          method.callStream(
              Flow.Publisher.class,
              self,
              governed -> HandledStream.published(type, request.runStream(replayed -> replayed)),
              ModelListener.of(request),
              false,
              request.governedArguments());
      return WovenCall.Settled.returning(
          HandledStream.of(type, Objects.requireNonNull((Flow.Publisher<Object>) pieces)));
    } catch (Throwable failure) {
      return WovenCall.Settled.throwing(failure);
    }
  }
}
