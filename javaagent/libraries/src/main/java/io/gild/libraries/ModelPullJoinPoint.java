package io.gild.libraries;

import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.GildLog;
import io.gild.core.GovernedIterator;
import io.gild.core.GovernedMethod;
import io.gild.weaver.Foreign;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A request to a model whose chunks the caller pulls from a {@code StreamResponse}, which has a
 * {@code stream} and can be closed.
 */
final class ModelPullJoinPoint extends RequestJoinPoint {

  ModelPullJoinPoint(LibraryMethods methods, LibraryMethod kind, ModelDialect dialect) {
    super(methods, kind, dialect);
  }

  @Override
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
    Body body = governed -> Chunks.of(request, request.runStream(chunks -> chunks));
    try {
      GovernedIterator<Object> chunks =
          method.pull(self, body, ModelListener.of(request), request.governedArguments());
      return WovenCall.Settled.returning(response(type, chunks));
    } catch (Throwable failure) {
      return WovenCall.Settled.throwing(failure);
    }
  }

  /** Makes the method's result from governed chunks. */
  static Object response(Class<?> type, GovernedIterator<Object> chunks) {
    Stream<Object> stream =
        StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(chunks, Spliterator.ORDERED), false)
            .onClose(chunks::close);
    InvocationHandler handler =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "stream" -> stream;
              case "close" -> {
                chunks.close();
                yield null;
              }
              case "equals" -> arguments[0] == proxy;
              case "hashCode" -> System.identityHashCode(proxy);
              default -> "Gild's " + type.getSimpleName();
            };
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
  }

  /** The chunks of one attempt. */
  static final class Chunks implements Iterator<Object>, AutoCloseable {

    private final WovenRequest request;
    private final @Nullable Object response;
    private final Iterator<?> chunks;

    private Chunks(WovenRequest request, @Nullable Object response, Iterator<?> chunks) {
      this.request = request;
      this.response = response;
      this.chunks = chunks;
    }

    /** Reads the method's result, or that of a replay. */
    static Chunks of(WovenRequest request, @Nullable Object response) throws Throwable {
      if (response instanceof List<?> replayed) {
        return new Chunks(request, null, replayed.iterator());
      }
      if (response == null || !(Foreign.call(response, "stream") instanceof Stream<?> stream)) {
        throw new IllegalStateException("a stream was expected, not " + response);
      }
      return new Chunks(request, response, stream.iterator());
    }

    @Override
    public boolean hasNext() {
      StreamEnds.forget();
      boolean more = chunks.hasNext();
      if (!more && Boolean.TRUE.equals(StreamEnds.last(AgentCall.current()))) {
        request.endDecoded();
      }
      return more;
    }

    @Override
    public Object next() {
      return chunks.next();
    }

    @Override
    public void close() {
      if (response instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception fault) {
          GildLog.faultOnce("Closing a stream", fault);
        }
      }
    }
  }
}
