package io.gild.libraries;

import io.gild.core.Body;
import io.gild.core.CallContext;
import io.gild.core.GildLog;
import io.gild.core.GovernedIterator;
import io.gild.core.GovernedMethod;
import io.gild.weaver.Foreign;
import io.gild.weaver.spi.WovenCall;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A request to a model whose stream is an HTTP response that the caller itself parses or reads. */
final class RawStreamJoinPoint extends RequestJoinPoint {

  private static final String HANDLER = "createStreamingHandler";

  RawStreamJoinPoint(LibraryMethods methods, LibraryMethod kind, ModelDialect dialect) {
    super(methods, kind, dialect);
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
    RawService service = new RawService(self, HANDLER, arguments);
    if (!service.isKnown()) {
      return null;
    }
    WovenRequest request = request(self, arguments, handle);
    Opened opened = new Opened(service, request);
    if (handle.type().returnType() == CompletableFuture.class) {
      return WovenCall.Settled.returning(
          GoogleStreamJoinPoint.later(
              method, CallContext.capture().wrapSupplier(() -> opened.open(method, self))));
    }
    try {
      return WovenCall.Settled.returning(opened.open(method, self));
    } catch (Throwable failure) {
      return WovenCall.Settled.throwing(failure);
    }
  }

  /** One call's response, and the one that its current attempt opened. */
  private static final class Opened {

    private final RawService service;
    private final WovenRequest request;
    private volatile @Nullable Object response;
    private volatile @Nullable RawBody body;
    private @Nullable Object stream;

    Opened(RawService service, WovenRequest request) {
      this.service = service;
      this.request = request;
    }

    /** Opens the stream, and makes the response that the caller gets. */
    Object open(GovernedMethod method, Object self) {
      Body opening = governed -> attempt(request.runStream(replayed -> replayed));
      GovernedIterator<Object> opened =
          method.pull(self, opening, ModelListener.of(request), request.governedArguments());
      Class<?> type = service.type("http.StreamResponse");
      stream = ModelPullJoinPoint.response(type, opened);
      return service.proxy(
          service.responseType(), (proxy, called, arguments) -> answer(called, opened));
    }

    private Object attempt(@Nullable Object result) throws Throwable {
      Object opened = result instanceof CompletableFuture<?> later ? await(later) : result;
      if (opened == null || opened instanceof List<?>) {
        return ModelPullJoinPoint.Chunks.of(request, opened);
      }
      RawBody own = new RawBody((InputStream) Foreign.call(opened, "body"));
      InputStream decoded = own.forLibrary();
      response = opened;
      body = own;
      return ModelPullJoinPoint.Chunks.of(
          request, service.parse(called -> part(called, opened, decoded)));
    }

    private static @Nullable Object part(Method called, Object opened, InputStream decoded)
        throws Throwable {
      return switch (called.getName()) {
        case "body" -> decoded;
        case "close" -> {
          close(opened);
          yield null;
        }
        default -> Foreign.call(opened, called.getName());
      };
    }

    private static void close(Object opened) {
      try {
        Foreign.call(opened, "close");
      } catch (NoSuchMethodException absent) {
        // Nothing to close.
      } catch (Throwable fault) {
        GildLog.faultOnce("Closing a stream", fault);
      }
    }

    private static Object await(CompletableFuture<?> later) throws Throwable {
      try {
        return later.get();
      } catch (ExecutionException failure) {
        throw failure.getCause() == null ? failure : failure.getCause();
      }
    }

    private @Nullable Object answer(Method called, GovernedIterator<Object> governed)
        throws Throwable {
      RawBody own = body;
      Object opened = response;
      switch (called.getName()) {
        case "parse" -> {
          if (own != null) {
            own.decodeAlone();
          }
          return stream;
        }
        case "body" -> {
          return own == null ? InputStream.nullInputStream() : own.forCaller(() -> drain(governed));
        }
        case "close" -> {
          governed.close();
          return null;
        }
        default -> {
          return opened == null || !Foreign.has(opened, called.getName())
              ? ofPolicy(called)
              : Foreign.call(opened, called.getName());
        }
      }
    }

    /** Returns the answer of a stream that no request opened. */
    private @Nullable Object ofPolicy(Method called) throws Throwable {
      return switch (called.getName()) {
        case "statusCode" -> 200;
        case "headers" -> service.noHeaders();
        default -> Optional.empty();
      };
    }

    /** Decodes the part that the caller has read, up to its end. */
    private static void drain(GovernedIterator<Object> governed) {
      try {
        while (governed.hasNext()) {
          governed.next();
        }
      } catch (RuntimeException unreadable) {
        GildLog.infoOnce("a streamed response was not read to its end: " + unreadable);
      } finally {
        governed.close();
      }
    }
  }
}
