package io.gild.smoke;

import io.gild.config.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a control endpoint. */
final class ControlCaller {

  /** Calls since a position, and the next position. */
  record Calls(List<SeenCall> calls, long next, String instance) {}

  private static final int NOT_FOUND = 404;

  private final HttpCaller http;
  private final ControlPoint point;
  private final Duration timeout;

  ControlCaller(HttpCaller http, ControlPoint point, Duration timeout) {
    this.http = http;
    this.point = point;
    this.timeout = timeout;
  }

  ControlPoint point() {
    return point;
  }

  /**
   * Asks for a path.
   *
   * @param token what is sent as token; {@code null} for none
   */
  HttpCaller.Reply ask(String path, @Nullable String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(Addresses.join(point.url(), path));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request, timeout);
  }

  /** Returns a JSON object, or throws. */
  Map<?, ?> object(HttpCaller.Reply reply) throws IOException {
    try {
      if (reply.isOk() && Json.read(reply.body()) instanceof Map<?, ?> map) {
        return map;
      }
    } catch (IllegalArgumentException reportedBelow) {
      // not JSON
    }
    throw new IOException(
        point.url() + " answered " + reply.status() + ", not a JSON object: " + reply.start());
  }

  /** Returns whether the process records its calls. */
  boolean recordsCalls() throws IOException, InterruptedException {
    return ask("/v1/calls", point.token()).status() != NOT_FOUND;
  }

  /** Returns the position behind the newest call. */
  Calls end() throws IOException, InterruptedException {
    Calls page = after(0);
    while (!page.calls().isEmpty()) {
      page = after(page.next());
    }
    return page;
  }

  /**
   * Returns the calls since a position.
   *
   * @throws IOException if the process was restarted meanwhile
   */
  Calls after(Calls position) throws IOException, InterruptedException {
    List<SeenCall> calls = new ArrayList<>();
    Calls page = position;
    do {
      page = after(page.next());
      if (!page.instance().equals(position.instance())) {
        throw new IOException("the process was restarted during the test");
      }
      calls.addAll(page.calls());
    } while (!page.calls().isEmpty());
    return new Calls(calls, page.next(), page.instance());
  }

  private Calls after(long position) throws IOException, InterruptedException {
    Map<?, ?> page = object(ask("/v1/calls?after=" + position, point.token()));
    List<SeenCall> calls = new ArrayList<>();
    if (page.get("calls") instanceof List<?> lines) {
      for (Object line : lines) {
        if (line instanceof Map<?, ?> fields) {
          calls.add(SeenCall.of(fields));
        }
      }
    }
    long next = page.get("next") instanceof Number number ? number.longValue() : position;
    return new Calls(calls, next, String.valueOf(page.get("instance")));
  }
}
