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
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where Reactor Netty's HTTP client is woven, 1.1 to 1.3, which Spring's WebClient uses: where a
 * connection is requested, a request is written, and the head of its response arrives.
 */
final class ReactorNetty implements Library {

  private static final String PACKAGE = "reactor/netty/http/client/";
  private static final String CONNECTIONS = PACKAGE + "HttpConnectionProvider";
  private static final String HANDLER = PACKAGE + "HttpClientConnect$HttpClientHandler";
  private static final String OPERATIONS = PACKAGE + "HttpClientOperations";

  private final HttpRequests requests;

  /** The calls in which requests were subscribed, by the client's handler of a request. */
  private final WeakKeys<CallReference> calls = new WeakKeys<>();

  /** Requests that wait for their response, by the operations on their connection. */
  private final WeakKeys<SentRequest> waiting = new WeakKeys<>();

  ReactorNetty(HttpRequests requests) {
    this.requests = requests;
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    if (shape.is(CONNECTIONS) && method.name().equals("acquire")) {
      return new Acquire();
    }
    if (shape.is(HANDLER) && method.name().equals("requestWithBody")) {
      return new Send();
    }
    if (!shape.is(OPERATIONS)) {
      return null;
    }
    return switch (method.name()) {
      case "setNettyResponse" -> new Answered();
      case "onInboundClose", "onOutboundError" -> new Lost();
      default -> null;
    };
  }

  private final class Acquire extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) {
      AgentCall call = AgentCall.current();
      Object handler = arguments.length > 2 ? arguments[2] : null;
      if (call != null && handler != null && calls.get(handler) == null) {
        calls.put(handler, call.reference());
      }
      return null;
    }
  }

  private final class Send extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
      Object operations = arguments[0];
      if (self == null || operations == null) {
        return null;
      }
      try {
        SentRequest request =
            requests.begin(
                calls.get(self),
                Foreign.text(PrivateFields.of(self, "method"), "name"),
                PrivateFields.of(self, "toURI", "host") instanceof String host ? host : "",
                PrivateFields.of(self, "toURI", "port") instanceof Integer port ? port : -1);
        waiting.put(operations, request);
        CallReference made = calls.get(self);
        if (made != null) {
          made.releasedBy(operations, ReactorNetty::cancel);
        }
        return null;
      } catch (CallRefused refusal) {
        return WovenCall.Settled.returning(
            Foreign.make(self, "reactor.core.publisher.Mono", "error", refusal));
      }
    }
  }

  private final class Answered extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) {
      SentRequest request = self == null ? null : waiting.remove(self);
      if (request != null) {
        end(request, ReactorNetty::answered, arguments[0]);
      }
      return null;
    }
  }

  private final class Lost extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) {
      SentRequest request = self == null ? null : waiting.remove(self);
      if (request != null) {
        request.failed(
            arguments.length > 0 && arguments[0] instanceof Throwable cause
                ? cause
                : new IOException("the connection was closed before the response"));
      }
      return null;
    }
  }

  private static void cancel(Object operations) {
    HttpJoinPoint.end(operations, "dispose");
  }

  static void answered(SentRequest request, Object response) throws Throwable {
    Object headers = Foreign.read(response, "headers");
    request.ended(
        (int) Foreign.count(response, "status", "code"),
        name -> headers == null ? null : Foreign.call(headers, "get", name));
  }

  /** Makes the library. */
  @AutoService(HttpClientProvider.class)
  public static final class Provider implements HttpClientProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Set<String> classes() {
      return Set.of(CONNECTIONS, HANDLER, OPERATIONS);
    }

    @Override
    public Library create(LibraryContext context) {
      return new ReactorNetty(HttpRequests.of(context));
    }
  }
}
