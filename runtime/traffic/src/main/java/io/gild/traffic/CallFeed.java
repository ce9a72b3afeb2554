package io.gild.traffic;

import io.gild.config.Experimental;
import io.gild.config.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the calls of one process from its control endpoint, each of them once: {@code GET
 * /v1/calls?after=SEQ}, with the token in the header {@code Authorization: Bearer}.
 *
 * <p>A process that was restarted has a new {@code instance} or counts from the beginning; then all
 * its calls are read. Not thread-safe.
 */
@Experimental
public final class CallFeed {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** A process that answers pages without end must not keep its reader. */
  private static final int MOST_PAGES = 50;

  private final URI url;
  private final @Nullable Path tokenFile;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(TIMEOUT).version(HttpClient.Version.HTTP_1_1).build();

  private String instance = "";
  private long after;
  private long lost;

  /**
   * Creates a feed; does not connect.
   *
   * @param url the control endpoint, such as {@code http://127.0.0.1:7070}
   * @param tokenFile file with the token, read at each request; {@code null} sends none
   */
  public CallFeed(URI url, @Nullable Path tokenFile) {
    String text = url.toString();
    this.url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    this.tokenFile = tokenFile;
  }

  /**
   * Returns the calls that ended since the last time.
   *
   * @return the calls in their order; at first, all that the process remembers
   * @throws IOException if the process does not answer, or not with calls; the next time returns
   *     the same calls and those after them
   */
  public List<FedCall> read() throws IOException {
    List<FedCall> calls = new ArrayList<>();
    try {
      for (int i = 0; i < MOST_PAGES && readPage(calls); i++) {
        // each page continues where the one before ended
      }
    } catch (IOException failure) {
      if (calls.isEmpty()) {
        throw failure; // otherwise the next time throws it
      }
    }
    return calls;
  }

  /**
   * Returns how many calls the process dropped before they were read.
   *
   * @return zero or more, of all times
   */
  public long lost() {
    return lost;
  }

  /** Adds the next calls; returns whether there may be more. */
  private boolean readPage(List<FedCall> calls) throws IOException {
    Map<?, ?> page = get();
    String present = page.get("instance") instanceof String text ? text : "";
    long next = page.get("next") instanceof Number number ? number.longValue() : after;
    boolean restarted = !present.equals(instance) && !instance.isEmpty() || next < after;
    instance = present;
    if (restarted && after > 0) {
      after = 0; // the page is of a position in another sequence
      return true;
    }
    lost += page.get("lost") instanceof Number number ? Math.max(0, number.longValue()) : 0;
    boolean any = false;
    if (page.get("calls") instanceof List<?> list) {
      for (Object call : list) {
        if (call instanceof Map<?, ?> fields) {
          calls.add(FedCall.of(fields));
          any = true;
        }
      }
    }
    boolean more = any && next > after;
    after = next;
    return more;
  }

  private Map<?, ?> get() throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/v1/calls?after=" + after)).timeout(TIMEOUT);
    if (tokenFile != null) {
      request.header("Authorization", "Bearer " + SecretFile.read(tokenFile));
    }
    HttpResponse<String> response = send(request.build());
    if (response.statusCode() != 200) {
      throw new IOException(
          "expected calls at %s/v1/calls, but the status is %d%s"
              .formatted(
                  url,
                  response.statusCode(),
                  response.statusCode() == 401 || response.statusCode() == 403
                      ? "; token-file must be the file with the token of that process"
                      : ""));
    }
    return page(response.body());
  }

  private Map<?, ?> page(String body) throws IOException {
    try {
      if (Json.read(body) instanceof Map<?, ?> page) {
        return page;
      }
    } catch (IllegalArgumentException notJson) {
      throw new IOException("expected calls at " + url + "/v1/calls, but found no JSON", notJson);
    }
    throw new IOException("expected calls at " + url + "/v1/calls, but found another JSON");
  }

  /** Waits for the whole answer: the client's own timeout ends with its headers. */
  private HttpResponse<String> send(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    try {
      return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading the calls of " + url);
    } catch (TimeoutException slow) {
      throw new IOException(url + " did not answer within " + TIMEOUT, slow);
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      throw new IOException(
          url + (cause instanceof ConnectException ? " refuses connections" : " failed: " + cause),
          failure);
    } finally {
      answer.cancel(true);
    }
  }
}
