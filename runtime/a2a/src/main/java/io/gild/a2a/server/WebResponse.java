package io.gild.a2a.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/** A status, headers and a body. */
record WebResponse(int status, Map<String, String> headers, byte[] body) {

  static final int SLICE = 64 * 1_024;

  /**
   * Writes the response, and ends the exchange.
   *
   * @param time how long the client may read nothing
   */
  void write(HttpExchange exchange, IoDeadlines.Watch watch, Duration time) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head && status != 304) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
    }
    boolean bodiless = head || status == 204 || status == 304 || body.length == 0;
    watch.limit(time);
    exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
    if (!bodiless) {
      OutputStream out = exchange.getResponseBody();
      for (int i = 0; i < body.length; i += SLICE) {
        watch.limit(time); // that of each slice, so that a slow client gets the whole
        out.write(body, i, Math.min(SLICE, body.length - i));
      }
      exchange.getResponseBody().flush(); // a failure of close is not reported
    }
    exchange.close();
    watch.lift();
  }
}
