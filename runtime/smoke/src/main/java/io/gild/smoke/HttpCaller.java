package io.gild.smoke;

import io.gild.config.Durations;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends requests whose whole answers must come in time. Thread-safe. */
final class HttpCaller {

  /** An answer. */
  record Reply(int status, String body) {

    private static final int SHOWN = 200;

    boolean isOk() {
      return status / 100 == 2;
    }

    /** Returns the beginning of the body on one line. */
    String start() {
      String line = body.strip().replaceAll("\\s+", " ");
      return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    }
  }

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 8 << 20;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /**
   * Sends a request.
   *
   * @throws IOException if there is no whole answer in time
   */
  Reply send(HttpRequest.Builder request, Duration timeout)
      throws IOException, InterruptedException {
    HttpRequest built = request.build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(built, head -> new LimitedBody(MOST_BYTES));
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return new Reply(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    } catch (TimeoutException late) {
      throw new IOException(
          place(built.uri()) + " did not answer within " + Durations.format(timeout), late);
    } catch (ExecutionException failed) {
      throw new IOException(
          place(built.uri()) + " did not answer: " + why(failed.getCause()), failed.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  Reply get(URI address, Duration timeout) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address), timeout);
  }

  /** Returns the address without its query, which may hold a key. */
  private static String place(URI address) {
    String text = address.toString();
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }

  private static String why(@Nullable Throwable cause) {
    if (cause instanceof ConnectException) {
      return "connection refused";
    }
    String message = cause == null ? null : cause.getMessage();
    return message == null ? String.valueOf(cause) : message;
  }
}
