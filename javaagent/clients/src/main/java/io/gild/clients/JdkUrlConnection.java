package io.gild.clients;

import com.google.auto.service.AutoService;
import io.gild.core.AgentCall;
import io.gild.core.WeakKeys;
import io.gild.weaver.ClassShape;
import io.gild.weaver.PrivateFields;
import io.gild.weaver.spi.HttpClientProvider;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.WovenCall;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code HttpURLConnection} is woven: in its internal client, which writes requests,
 * including silent retries, and parses heads of responses. It is the same for https.
 */
final class JdkUrlConnection implements Library {

  private static final String CLIENT = "sun/net/www/http/HttpClient";

  private final HttpRequests requests;

  /** Requests that wait for their response, by the client that sent them. */
  private final WeakKeys<SentRequest> waiting = new WeakKeys<>();

  JdkUrlConnection(HttpRequests requests) {
    this.requests = requests;
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    if (!shape.is(CLIENT)) {
      return null;
    }
    if (method.name().equals("writeRequests") && !method.descriptor().contains("Z)")) {
      return new Write();
    }
    return method.name().equals("parseHTTP") ? new Parse() : null;
  }

  private final class Write extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) {
      if (self != null
          && PrivateFields.of(self, "host") instanceof String host
          && PrivateFields.of(self, "port") instanceof Integer port
          && PrivateFields.of(arguments[0], "keys") instanceof String[] lines
          && lines.length > 0
          && lines[0] != null) {
        SentRequest before = waiting.remove(self);
        if (before != null) {
          before.failed(
              new java.io.IOException("the connection broke, and the JDK sent the request again"));
        }
        String method = lines[0].substring(0, Math.max(0, lines[0].indexOf(' ')));
        waiting.put(self, requests.begin(AgentCall.current(), method, host, port));
      }
      return null;
    }
  }

  private final class Parse extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) {
      Object head = arguments[0];
      return new WovenCall.Watched() {
        @Override
        public void over() {
          SentRequest request = self == null ? null : waiting.remove(self);
          Throwable failure = failure();
          if (request != null && failure != null) {
            request.failed(failure);
          } else if (request != null) {
            HttpJoinPoint.end(request, JdkUrlConnection::answered, head);
          }
        }
      };
    }
  }

  private static void answered(SentRequest request, Object head) {
    String line = header(head, null);
    if (line != null && line.startsWith("HTTP/")) {
      String[] words = line.split(" ", 3);
      request.ended(Integer.parseInt(words[1]), name -> header(head, name));
    }
  }

  /** Returns a header's value; the status line has no name. */
  private static @Nullable String header(Object head, @Nullable String name) {
    if (PrivateFields.of(head, "keys") instanceof String[] keys
        && PrivateFields.of(head, "values") instanceof String[] values
        && PrivateFields.of(head, "nkeys") instanceof Integer count) {
      for (int i = 0; i < count; i++) {
        if (name == null ? keys[i] == null : name.equalsIgnoreCase(keys[i])) {
          return values[i];
        }
      }
    }
    return null;
  }

  /** Makes the library. */
  @AutoService(HttpClientProvider.class)
  public static final class Provider implements HttpClientProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Set<String> classes() {
      return Set.of(CLIENT);
    }

    @Override
    public Library create(LibraryContext context) {
      context.open("java.base", "sun.net.www", "sun.net.www.http");
      return new JdkUrlConnection(HttpRequests.of(context));
    }
  }
}
