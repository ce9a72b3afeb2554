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
import org.jspecify.annotations.Nullable;

/**
 * Where Apache's asynchronous HttpClient 5 is woven: in the last element of its chain, below
 * redirects and retries, and where the application submits a request.
 */
final class ApacheAsyncClient implements Library {

  private static final String PACKAGE = "org/apache/hc/client5/http/impl/async/";
  private static final String BEGIN = PACKAGE + "InternalAbstractHttpAsyncClient";
  private static final String HTTP_1 = PACKAGE + "HttpAsyncMainClientExec";
  private static final String HTTP_2 = PACKAGE + "H2AsyncMainClientExec";
  private static final String CALLBACK = "org.apache.hc.client5.http.async.AsyncExecCallback";

  private final HttpRequests requests;
  private final WeakKeys<CallReference> calls = new WeakKeys<>();

  ApacheAsyncClient(HttpRequests requests) {
    this.requests = requests;
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    if (shape.is(BEGIN)) {
      return method.name().equals("executeImmediate") ? new Begin() : null;
    }
    boolean known = shape.is(HTTP_1) || shape.is(HTTP_2);
    return known && method.name().equals("execute") ? new Send() : null;
  }

  private final class Begin extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) {
      AgentCall call = AgentCall.current();
      Object context = PrivateFields.of(arguments[2], "clientContext");
      if (call != null && context != null) {
        calls.put(context, call.reference());
      }
      return null;
    }
  }

  private final class Send extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
      Object context = PrivateFields.of(arguments[2], "clientContext");
      Object target = Foreign.read(PrivateFields.of(arguments[2], "route"), "getTargetHost");
      Object callback = arguments[4];
      if (context == null || target == null || callback == null) {
        return null;
      }
      SentRequest request;
      try {
        request =
            requests.begin(
                calls.get(context),
                Foreign.text(arguments[0], "getMethod"),
                Foreign.text(target, "getHostName"),
                (int) Foreign.count(target, "getPort"));
      } catch (CallRefused refusal) {
        Foreign.call(callback, "failed", stop(refusal));
        return WovenCall.Settled.returning(null);
      }
      arguments[4] = listening(callback, request);
      return new Rewritten(arguments);
    }
  }

  private static Object listening(Object callback, SentRequest request)
      throws ClassNotFoundException {
    Class<?> type = Foreign.type(callback, CALLBACK);
    InvocationHandler listener =
        (proxy, method, arguments) -> {
          if (method.getName().equals("handleResponse")) {
            HttpJoinPoint.end(request, ApacheHttpClient::answered, arguments[0]);
          } else if (method.getName().equals("failed")) {
            request.failed((Throwable) arguments[0]);
          }
          try {
            return method.invoke(callback, arguments);
          } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
          }
        };
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, listener);
  }

  /** Continues with another callback. */
  private static final class Rewritten extends WovenCall.Watched {

    private final @Nullable Object[] arguments;

    Rewritten(@Nullable Object[] arguments) {
      this.arguments = arguments;
    }

    @Override
    public @Nullable Object @Nullable [] rewritten() {
      return arguments;
    }

    @Override
    public void over() {}
  }

  /** Makes the library. */
  @AutoService(HttpClientProvider.class)
  public static final class Provider implements HttpClientProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Set<String> classes() {
      return Set.of(BEGIN, HTTP_1, HTTP_2);
    }

    @Override
    public Library create(LibraryContext context) {
      return new ApacheAsyncClient(HttpRequests.of(context));
    }
  }
}
