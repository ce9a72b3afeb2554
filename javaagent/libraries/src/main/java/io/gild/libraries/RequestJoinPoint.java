package io.gild.libraries;

import io.gild.core.GovernedMethod;
import io.gild.weaver.OwnMethod;
import io.gild.weaver.spi.JoinPoint;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** A method of a library that sends a request, its first argument, to a model. */
abstract class RequestJoinPoint implements JoinPoint {

  final LibraryMethods methods;
  final LibraryMethod kind;
  final ModelDialect dialect;

  RequestJoinPoint(LibraryMethods methods, LibraryMethod kind, ModelDialect dialect) {
    this.methods = methods;
    this.kind = kind;
    this.dialect = dialect;
  }

  /**
   * Ignores calls without a request, calls that Gild makes itself, and parts of a governed request.
   */
  @Override
  public final @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle)
      throws Throwable {
    if (handle == null
        || arguments[0] == null
        || OwnMethod.passes(this)
        || WovenRequest.isInner()) {
      return null;
    }
    GovernedMethod method = methods.get(kind, self);
    return method == null ? null : begin(method, self, arguments, handle);
  }

  /**
   * Begins a call.
   *
   * @param method the method that governs it
   * @param self the object, or {@code null} for a static method
   * @param arguments the arguments, the first of which is not null
   * @param handle runs the method itself
   * @return as {@link JoinPoint#enter} returns it
   * @throws Throwable a failure of Gild itself; the call is then not governed
   */
  abstract @Nullable Object begin(
      GovernedMethod method,
      @Nullable Object self,
      @Nullable Object[] arguments,
      MethodHandle handle)
      throws Throwable;

  /** Makes a request of a call. */
  final WovenRequest request(
      @Nullable Object self, @Nullable Object[] arguments, MethodHandle handle) {
    return methods.request(dialect, kind, this, self, arguments, handle);
  }
}
