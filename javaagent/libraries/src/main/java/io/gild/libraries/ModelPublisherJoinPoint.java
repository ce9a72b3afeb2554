package io.gild.libraries;

import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.core.GovernedMethod;
import io.gild.weaver.AssemblySite;
import io.gild.weaver.Foreign;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to a model whose chunks are pushed to subscribers. */
final class ModelPublisherJoinPoint extends RequestJoinPoint {

  private final String streamType;

  /**
   * Creates the join point.
   *
   * @param methods the library's methods
   * @param kind the method
   * @param dialect reads requests and chunks
   * @param streamType binary name of the return type
   */
  ModelPublisherJoinPoint(
      LibraryMethods methods, LibraryMethod kind, ModelDialect dialect, String streamType) {
    super(methods, kind, dialect);
    this.streamType = streamType;
  }

  /** Makes a stream of Reactor or RxJava. */
  private static Object flowable(Class<?> type, List<?> chunks) throws Throwable {
    return type.getMethod("fromIterable", Iterable.class).invoke(null, chunks);
  }

  @Override
  @Nullable Object begin(
      GovernedMethod method,
      @Nullable Object self,
      @Nullable Object[] arguments,
      MethodHandle handle) {
    if (self == null) {
      return null;
    }
    Class<?> type;
    try {
      type = Foreign.type(self, streamType);
    } catch (ClassNotFoundException | LinkageError fault) {
      GildLog.faultOnce("Streams of " + self.getClass().getName(), fault);
      return null;
    }
    Made made = site -> stream(method, type, self, arguments, handle, site);
    try {
      return WovenCall.Settled.returning(
          methods.remembersAssembly() && AgentCall.current() == null
              ? remembering(type, made)
              : made.at(null));
    } catch (Throwable failure) {
      return WovenCall.Settled.throwing(failure);
    }
  }

  /** Makes the stream, given the place where the application made it. */
  @FunctionalInterface
  private interface Made {
    @Nullable Object at(@Nullable AssemblySite site);
  }

  /**
   * Makes a stream that remembers where it was made: the place in the subscriber's context, if a
   * library calls this method, or else the current place.
   */
  private @Nullable Object remembering(Class<?> type, Made made) {
    AssemblySite here = methods.assembly();
    Object deferred =
        ReactorContext.deferred(type, around -> made.at(AssemblySite.better(around, here)));
    return deferred == null ? made.at(here) : deferred;
  }

  private @Nullable Object stream(
      GovernedMethod method,
      Class<?> type,
      Object self,
      @Nullable Object[] arguments,
      MethodHandle handle,
      @Nullable AssemblySite site) {
    WovenRequest request = request(self, arguments, handle).assembledAt(site);
    return method.callStream(
        type,
        self,
        governed -> request.runStream(chunks -> flowable(type, chunks)),
        ModelListener.of(request),
        dialect.isWhole(arguments),
        request.governedArguments());
  }
}
