package io.gild.clients;

import com.google.auto.service.AutoService;
import io.gild.core.AgentCall;
import io.gild.core.CallReference;
import io.gild.core.CallRefused;
import io.gild.core.WeakKeys;
import io.gild.weaver.ClassShape;
import io.gild.weaver.Foreign;
import io.gild.weaver.PrivateFields;
import io.gild.weaver.spi.HttpClientProvider;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.WovenCall;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where the AWS SDK's asynchronous client on Netty is woven; the SDK retries requests above it. */
final class AwsNetty implements Library {

  private static final String PACKAGE = "software/amazon/awssdk/http/nio/netty/";
  private static final String CLIENT = PACKAGE + "NettyNioAsyncHttpClient";
  private static final String EXECUTOR = PACKAGE + "internal/NettyRequestExecutor";
  private static final String CONTEXT = PACKAGE + "internal/RequestContext";
  private static final String HANDLER =
      "software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler";

  private final HttpRequests requests;

  /** The calls in which requests were made, by the client's context of a request. */
  private final WeakKeys<CallReference> calls = new WeakKeys<>();

  private final WeakKeys<SentRequest> waiting = new WeakKeys<>();

  AwsNetty(HttpRequests requests) {
    this.requests = requests;
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    if (shape.is(CLIENT) && method.name().equals("createRequestContext")) {
      return new Begin();
    }
    if (shape.is(EXECUTOR) && method.name().equals("writeRequest")) {
      return new Write();
    }
    return shape.is(CONTEXT) && method.name().equals("handler") ? new Handler() : null;
  }

  private final class Begin extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) {
      AgentCall call = AgentCall.current();
      return call == null
          ? null
          : new Returned() {
            @Override
            void returned(@Nullable Object context) {
              if (context != null) {
                calls.put(context, call.reference());
              }
            }
          };
    }
  }

  private final class Write extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
      Object context = PrivateFields.of(self, "context");
      Object request = Foreign.read(context, "executeRequest", "request");
      if (context == null || request == null) {
        return null;
      }
      try {
        waiting.put(
            context,
            requests.begin(
                calls.get(context),
                Foreign.text(request, "method"),
                Foreign.text(request, "host"),
                (int) Foreign.count(request, "port")));
        return null;
      } catch (CallRefused refusal) {
        if (PrivateFields.of(self, "executeFuture") instanceof CompletableFuture<?> future) {
          future.completeExceptionally(refusal);
        }
        return WovenCall.Settled.returning(null);
      }
    }
  }

  /** The caller that gets the handler is about to pass the response to it. */
  private final class Handler extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
      SentRequest request = self == null ? null : waiting.get(self);
      Object handler =
          request == null ? null : Foreign.read(self, "executeRequest", "responseHandler");
      return request == null || handler == null
          ? null
          : WovenCall.Settled.returning(listening(handler, request));
    }
  }

  private static Object listening(Object handler, SentRequest request)
      throws ClassNotFoundException {
    Class<?> type = Foreign.type(handler, HANDLER);
    InvocationHandler listener =
        (proxy, method, arguments) -> {
          if (method.getName().equals("onHeaders")) {
            HttpJoinPoint.end(request, AwsNetty::answered, arguments[0]);
          } else if (method.getName().equals("onError")) {
            request.failed((Throwable) arguments[0]);
          }
          try {
            return method.invoke(handler, arguments);
          } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
          }
        };
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, listener);
  }

  private static void answered(SentRequest request, Object response) throws Throwable {
    request.ended(
        (int) Foreign.count(response, "statusCode"),
        name -> Foreign.read(Foreign.call(response, "firstMatchingHeader", name)));
  }

  /** Makes the library. */
  @AutoService(HttpClientProvider.class)
  public static final class Provider implements HttpClientProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Set<String> classes() {
      return Set.of(CLIENT, EXECUTOR, CONTEXT);
    }

    @Override
    public Library create(LibraryContext context) {
      return new AwsNetty(HttpRequests.of(context));
    }
  }
}
