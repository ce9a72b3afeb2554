package io.gild.clients;

import com.google.auto.service.AutoService;
import io.gild.core.AgentCall;
import io.gild.core.CallContext;
import io.gild.core.CallReference;
import io.gild.core.WeakKeys;
import io.gild.weaver.ClassShape;
import io.gild.weaver.Foreign;
import io.gild.weaver.spi.HttpClientProvider;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.WovenCall;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where OkHttp 4 and 5 are woven: in the innermost of its interceptors, below redirects and
 * retries, and where its asynchronous calls are submitted.
 */
final class OkHttp implements Library {

  private static final String SERVER = "okhttp3/internal/http/CallServerInterceptor";
  private static final String CALL = "okhttp3/internal/connection/RealCall";
  private static final String RUN = CALL + "$AsyncCall";

  private final HttpRequests requests;
  private final WeakKeys<CallReference> calls = new WeakKeys<>();

  OkHttp(HttpRequests requests) {
    this.requests = requests;
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    if (shape.is(SERVER) && method.name().equals("intercept")) {
      return new Intercept();
    }
    if (shape.is(CALL) && method.name().equals("enqueue")) {
      return new Enqueue();
    }
    return shape.is(RUN) && method.name().equals("run") ? new Run() : null;
  }

  private final class Intercept extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
      Object request = Foreign.read(arguments[0], "request");
      Object url = Foreign.read(request, "url");
      AgentCall call = AgentCall.current();
      Object own = Foreign.read(arguments[0], "call");
      if (own != null) {
        CallContext.releasedBy(own, OkHttp::cancel); // also if the call was over before
      }
      return new Exchange(
          requests.begin(
              call,
              Foreign.text(request, "method"),
              Foreign.text(url, "host"),
              (int) Foreign.count(url, "port")),
          OkHttp::answered);
    }
  }

  /** Unblocks a reading thread; neither an interrupt nor closing the body does that. */
  private static void cancel(Object call) {
    HttpJoinPoint.end(call, "cancel");
  }

  /** A call is queued; the thread that will start it is unknown. */
  private final class Enqueue extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) {
      AgentCall call = AgentCall.current();
      if (self == null) {
        return null;
      }
      if (call != null) {
        calls.put(self, call.reference());
      }
      CallContext.releasedBy(self, OkHttp::cancel);
      return null;
    }
  }

  private final class Run extends HttpJoinPoint {
    @Override
    @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
      Object call = Foreign.read(self, "getCall");
      CallReference made = call == null ? null : calls.remove(call);
      AgentCall known = CallReference.live(made);
      if (made == null || known == null) {
        return null;
      }
      AgentCall previous = made.join(known);
      return new WovenCall.Watched() {
        @Override
        public void over() {
          CallContext.leave(previous);
        }
      };
    }
  }

  private static void answered(SentRequest request, Object response) throws Throwable {
    request.ended(
        (int) Foreign.count(response, "code"), name -> Foreign.call(response, "header", name));
  }

  /** Makes the library. */
  @AutoService(HttpClientProvider.class)
  public static final class Provider implements HttpClientProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Set<String> classes() {
      return Set.of(SERVER, CALL, RUN);
    }

    @Override
    public Library create(LibraryContext context) {
      return new OkHttp(HttpRequests.of(context));
    }
  }
}
