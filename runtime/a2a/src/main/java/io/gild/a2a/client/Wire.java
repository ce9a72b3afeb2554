package io.gild.a2a.client;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sends requests to one agent. Thread-safe. */
final class Wire {

  private final HttpClient client;
  private final Map<String, String> headers;
  private final Duration timeout;
  private final int maxBytes;

  Wire(HttpClient client, Map<String, String> headers, Duration timeout, int maxBytes) {
    this.client = client;
    this.headers = Map.copyOf(headers);
    this.timeout = timeout;
    this.maxBytes = maxBytes;
  }

  /** An answer that was read to its end. */
  record Answer(int status, String body) {}

  Answer send(HttpRequest.Builder builder) {
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = open(builder.timeout(timeout));
    try (InputStream in = new BodyStream(response.body(), timeout)) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new A2aException(
            A2aErrorCode.TOO_LARGE, "the answer is longer than " + maxBytes + " bytes");
      }
      return new Answer(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new A2aException("the answer of the agent broke off: " + e, e);
    }
  }

  /**
   * Reads a stream of events on this thread.
   *
   * @param onEvent takes the data of each event; returns whether there is more
   * @return an answer that was no stream, or {@code null}
   */
  @Nullable Answer stream(HttpRequest.Builder builder, Predicate<String> onEvent) {
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = open(builder);
    String type = response.headers().firstValue("Content-Type").orElse("");
    try (InputStream in = new BodyStream(response.body(), timeout)) {
      if (response.statusCode() >= 300 || !type.startsWith("text/event-stream")) {
        return new Answer(
            response.statusCode(), new String(in.readNBytes(maxBytes), StandardCharsets.UTF_8));
      }
      read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), onEvent);
      return null;
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new A2aException("interrupted while an agent streamed", e);
      }
      throw new A2aException("the stream of the agent broke off: " + e, e);
    }
  }

  private void read(BufferedReader in, Predicate<String> onEvent) throws IOException {
    StringBuilder data = new StringBuilder();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("data:")) {
        data.append(data.length() == 0 ? "" : "\n").append(line.substring(5).stripLeading());
        if (data.length() > maxBytes) {
          throw new A2aException(
              A2aErrorCode.TOO_LARGE, "an event is longer than " + maxBytes + " bytes");
        }
      } else if (line.isEmpty() && data.length() > 0) {
        String event = data.toString();
        data.setLength(0);
        if (!onEvent.test(event)) {
          return;
        }
      }
    }
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> open(HttpRequest.Builder builder) {
    headers.forEach(builder::setHeader);
    HttpRequest request = builder.build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofPublisher());
    } catch (ConnectException | HttpConnectTimeoutException refused) {
      throw new A2aUnavailable("no agent answers at " + request.uri() + ": " + refused, refused);
    } catch (HttpTimeoutException late) {
      throw new A2aException("no answer of " + request.uri() + " within " + timeout, late);
    } catch (IOException broken) {
      throw new A2aException("the request to " + request.uri() + " broke off: " + broken, broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new A2aException("interrupted while waiting for " + request.uri(), interrupted);
    }
  }
}
