package io.gild.clients;

import com.google.auto.service.AutoService;
import io.gild.core.AgentCall;
import io.gild.core.CallContext;
import io.gild.core.CallReference;
import io.gild.core.WeakKeys;
import io.gild.weaver.ClassShape;
import io.gild.weaver.PrivateFields;
import io.gild.weaver.spi.HttpClientProvider;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where the JDK's {@code java.net.http.HttpClient} is woven, JDK 17 to 25: below its redirects and
 * retries, where the head of a request is written to an open connection.
 */
final class JdkHttpClient implements Library {

  private static final String PACKAGE = "jdk/internal/net/http/";
  private static final String ALL = PACKAGE + "MultiExchange";
  private static final String ONE = PACKAGE + "Exchange";
  private static final String HTTP_1 = PACKAGE + "Http1Request";
  private static final String HTTP_2 = PACKAGE + "Stream";

  private final HttpRequests requests;

  /**
   * The calls in which requests were made, by the client's object for a request and its retries.
   */
  private final WeakKeys<CallReference> calls = new WeakKeys<>();

  /** The state of exchanges in progress. */
  private final WeakKeys<Sending> sendings = new WeakKeys<>();

  JdkHttpClient(HttpRequests requests) {
    this.requests = requests;
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    String name = method.name();
    if (shape.is(ALL) && name.equals("responseAsync")) {
      return new Begin();
    }
    if (shape.is(ONE) && name.equals("responseAsync")) {
      return new Exchange();
    }
    if (shape.is(HTTP_1) && name.equals("headers") && method.descriptor().startsWith("()")) {
      return new Head("http1Exchange", "exchange");
    }
    if (shape.is(HTTP_2) && name.equals("sendHeadersAsync")) {
      return new Head("exchange");
    }
    return null;
  }

  /** The application's thread submits a request to the client. */
  private final class Begin extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) {
      AgentCall call = AgentCall.current();
      if (self == null) {
        return null;
      }
      if (call != null) {
        calls.put(self, call.reference());
      }
      CallContext.releasedBy(self, JdkHttpClient::cancel); // also if the call was over before
      return null;
    }
  }

  /** An exchange of one request and one response begins, on some thread of the client. */
  private final class Exchange extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) {
      Object all = PrivateFields.of(self, "multi");
      if (self == null || all == null) {
        return null;
      }
      Sending sending = new Sending(calls.get(all));
      sendings.put(self, sending);
      return new Returned() {
        @Override
        void returned(@Nullable Object value) {
          CompletionStage<?> stage = stage(value);
          if (stage != null) {
            stage.whenComplete((response, failure) -> {
              sendings.remove(self);
              sending.over(response, failure);
            });
          }
        }
      };
    }
  }

  /** The head of a request is sent. */
  private final class Head extends HttpJoinPoint {

    private final String[] path;

    Head(String... path) {
      this.path = path;
    }

    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) {
      Object exchange = PrivateFields.of(self, path);
      Sending sending = exchange == null ? null : sendings.get(exchange);
      if (sending != null && PrivateFields.of(exchange, "request") instanceof HttpRequest request) {
        sending.sent(request);
      }
      return null;
    }
  }

  /** An exchange in progress. */
  private final class Sending {

    private final @Nullable CallReference call;
    private volatile @Nullable SentRequest sent;

    Sending(@Nullable CallReference call) {
      this.call = call;
    }

    void sent(HttpRequest request) {
      if (request.uri() != null && request.uri().getHost() != null) {
        sent =
            requests.begin(
                call, request.method(), request.uri().getHost(), request.uri().getPort());
      }
    }

    void over(@Nullable Object response, @Nullable Throwable failure) {
      SentRequest request = sent;
      if (request != null && failure != null) {
        request.failed(failure);
      } else if (request != null) {
        HttpJoinPoint.end(request, JdkHttpClient::answered, response);
      }
    }
  }

  /** Closes the connection of a request, regardless of the thread that waits for its response. */
  private static void cancel(Object exchange) {
    PrivateFields.call(exchange, "cancel", new IOException("the attempt was abandoned"));
  }

  private static void answered(SentRequest request, Object response) {
    if (PrivateFields.of(response, "statusCode") instanceof Integer status) {
      request.ended(
          status,
          PrivateFields.of(response, "headers") instanceof HttpHeaders headers
              ? name -> headers.firstValue(name).orElse(null)
              : name -> null);
    }
  }

  /** Makes the library. */
  @AutoService(HttpClientProvider.class)
  public static final class Provider implements HttpClientProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Set<String> classes() {
      return Set.of(ALL, ONE, HTTP_1, HTTP_2);
    }

    @Override
    public Library create(LibraryContext context) {
      context.open("java.net.http", "jdk.internal.net.http");
      return new JdkHttpClient(HttpRequests.of(context));
    }
  }
}
