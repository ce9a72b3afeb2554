package io.gild.a2a.server;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request, given once, by any thread, which never waits for the client: the
 * request's own thread writes while the request is handled, and a worker afterwards.
 */
final class WebAnswer {

  static final Map<String, String> TEXT = Map.of("Content-Type", "text/plain; charset=utf-8");
  static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private final WebExchange exchange;
  private final AtomicBoolean given = new AtomicBoolean();
  private boolean handled;
  private @Nullable WebResponse waiting;

  WebAnswer(WebExchange exchange) {
    this.exchange = exchange;
  }

  void send(int status, Map<String, String> headers, String body) {
    send(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with a body; does nothing if there was an answer before. */
  void send(int status, Map<String, String> headers, byte[] body) {
    if (!given.compareAndSet(false, true)) {
      return;
    }
    WebResponse response = new WebResponse(status, headers, body);
    synchronized (this) {
      if (!handled) {
        waiting = response;
        return;
      }
    }
    exchange.later(watch -> exchange.finish(response, watch));
  }

  /**
   * Answers with a stream of events.
   *
   * @throws IllegalStateException if there was an answer before
   */
  WebStream stream() {
    if (!given.compareAndSet(false, true)) {
      throw new IllegalStateException("the request was answered before");
    }
    return exchange.stream();
  }

  /** Ends the handling; returns the answer if the calling thread must write it. */
  synchronized @Nullable WebResponse handled() {
    handled = true;
    return waiting;
  }
}
