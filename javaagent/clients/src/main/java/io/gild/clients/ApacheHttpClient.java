package io.gild.clients;

import com.google.auto.service.AutoService;
import io.gild.core.AgentCall;
import io.gild.weaver.ClassNames;
import io.gild.weaver.ClassShape;
import io.gild.weaver.Foreign;
import io.gild.weaver.spi.HttpClientProvider;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where Apache's blocking HttpClient 4 and 5 are woven: in the part of its core that writes one
 * request and reads the head of its response.
 */
final class ApacheHttpClient implements Library {

  private static final String VERSION_5 = "org/apache/hc/core5/http/impl/io/HttpRequestExecutor";
  private static final String VERSION_4 = "org/apache/http/protocol/HttpRequestExecutor";

  private final HttpRequests requests;

  ApacheHttpClient(HttpRequests requests) {
    this.requests = requests;
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    int parameters = ClassNames.parameterTypes(method.descriptor()).size();
    boolean known = shape.is(VERSION_5) ? parameters == 4 : shape.is(VERSION_4) && parameters == 3;
    return known && method.name().equals("execute") ? new Execute() : null;
  }

  private final class Execute extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
      Object request = arguments[0];
      if (request == null) {
        return null;
      }
      String method = Foreign.text(request, "getMethod");
      if (method.isEmpty()) {
        method = Foreign.text(request, "getRequestLine", "getMethod");
      }
      Address address = Address.of(header(request, "Host"));
      return new Exchange(
          requests.begin(AgentCall.current(), method, address.host(), address.port()),
          ApacheHttpClient::answered);
    }
  }

  static void answered(SentRequest request, Object response) throws Throwable {
    Object status = Foreign.read(response, "getCode");
    if (status == null) {
      status = Foreign.read(response, "getStatusLine", "getStatusCode");
    }
    if (status instanceof Integer code && code >= 200) {
      request.ended(code, name -> header(response, name));
    }
  }

  private static @Nullable String header(Object message, String name) throws Throwable {
    return (String) Foreign.read(Foreign.call(message, "getFirstHeader", name), "getValue");
  }

  /** Makes the library. */
  @AutoService(HttpClientProvider.class)
  public static final class Provider implements HttpClientProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Set<String> classes() {
      return Set.of(VERSION_4, VERSION_5);
    }

    @Override
    public Library create(LibraryContext context) {
      return new ApacheHttpClient(HttpRequests.of(context));
    }
  }
}
