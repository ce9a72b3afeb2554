package io.gild.clients;

import io.gild.config.Glob;
import io.gild.core.AgentCall;
import io.gild.core.CallReference;
import io.gild.core.GildRuntime;
import io.gild.core.ModelHosts;
import io.gild.weaver.LazyRuntime;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.ReplayDiverged;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which physical requests count, and for which call; thread-safe.
 *
 * <p>Inside a model call every request counts, and its host is known to serve models from then on.
 * Outside a model call, only requests to these hosts count, because an agent's tools call other
 * services.
 */
final class HttpRequests {

  private static final int MOST_HOSTS = 1_000;

  private final LazyRuntime runtime;
  private final Set<String> seenHosts = ConcurrentHashMap.newKeySet();

  HttpRequests(LazyRuntime runtime) {
    this.runtime = runtime;
  }

  /** Returns the instance that all clients of an agent share. */
  static HttpRequests of(LibraryContext context) {
    return context.shared(HttpRequests.class, made -> new HttpRequests(made.runtime()));
  }

  /**
   * Counts a request that is about to be sent.
   *
   * @param call the call it is made for, or {@code null}
   * @param method the HTTP method
   * @param host the server's name
   * @param port the server's port; zero or less for the default port
   * @return receives the end of the request
   * @throws io.gild.core.CallRefused if it must not be sent
   */
  SentRequest begin(@Nullable AgentCall call, String method, String host, int port) {
    return begin(call, call == null ? null : call.reference(), method, host, port);
  }

  /** The same for a request that may be sent on another thread than the one that made it. */
  SentRequest begin(@Nullable CallReference made, String method, String host, int port) {
    return begin(CallReference.live(made), made, method, host, port);
  }

  private SentRequest begin(
      @Nullable AgentCall call,
      @Nullable CallReference made,
      String method,
      String host,
      int port) {
    GildRuntime known = runtime.get();
    if (known == null || host.isEmpty() || method.equals("CONNECT")) {
      return SentRequest.UNTRACKED;
    }
    String lower = host.toLowerCase(Locale.ROOT);
    String address = port > 0 ? lower + ":" + port : lower;
    if (call != null && call.method().spec().kind().isModel()) {
      if (seenHosts.size() < MOST_HOSTS) {
        seenHosts.add(address);
      }
    } else if (!seenHosts.contains(address) && !isModelHost(known, lower, address)) {
      return SentRequest.UNTRACKED;
    }
    if (runtime.tape().replays()) {
      throw new ReplayDiverged(
          call == null ? "" : call.method().spec().agent(),
          "replay: a request to " + address + " is not sent; only the cassette answers");
    }
    if (call == null) {
      known.recordHttpAttempt();
      return SentRequest.UNTRACKED;
    }
    return new SentRequest(
        call.httpAttempt(method, lower, port > 0 ? port : -1, made != null && made.isAbandoned()));
  }

  private static boolean isModelHost(GildRuntime known, String host, String address) {
    for (String glob : known.settings().get(ModelHosts.SECTION).modelHosts()) {
      if (Glob.matches(glob, glob.indexOf(':') < 0 ? host : address)) {
        return true;
      }
    }
    return false;
  }
}
