package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Journal;
import io.gild.config.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Posts decisions to an address as JSON, one after the other, on a thread of its own. The header
 * {@code Gild-Signature} is {@code t=SECONDS,v1=HEX}, the HMAC-SHA-256 of {@code SECONDS.BODY}
 * under the shared secret. What could not be delivered after five attempts is kept in a file.
 * Thread-safe.
 */
@Experimental
public final class Webhook implements Consumer<Map<String, @Nullable Object>>, AutoCloseable {

  private static final int ATTEMPTS = 5;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int SUCCESS = 2;
  private static final int CLASS = 100;
  private static final long CLOSE_SECONDS = 15;

  private final URI url;
  private final String secret;
  private final Path undelivered;
  private final Duration firstWait;
  private final HttpClient client;
  private final ExecutorService sender;

  /**
   * Creates a webhook.
   *
   * @param url receives each decision as a POST request
   * @param secret the shared secret
   * @param undelivered file for what could not be delivered
   * @param firstWait wait before the second attempt; it doubles
   */
  public Webhook(URI url, String secret, Path undelivered, Duration firstWait) {
    this.url = url;
    this.secret = secret;
    this.undelivered = undelivered;
    this.firstWait = firstWait;
    this.client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    this.sender =
        Executors.newSingleThreadExecutor(work -> {
          Thread thread = new Thread(work, "gild-webhook");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public void accept(Map<String, @Nullable Object> decision) {
    String body = Json.write(decision);
    sender.execute(() -> deliver(body));
  }

  private void deliver(String body) {
    String problem = "";
    Duration wait = firstWait;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        HttpResponse<Void> answer =
            client.send(request(body), HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() / CLASS == SUCCESS) {
          return;
        }
        problem = "status " + answer.statusCode();
      } catch (IOException | GeneralSecurityException failure) {
        problem = failure.toString();
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
        problem = "the process ended before it was delivered";
      }
      if (attempt == ATTEMPTS || Thread.currentThread().isInterrupted() || !pause(wait)) {
        break;
      }
      wait = wait.multipliedBy(2);
    }
    keep(body, problem);
  }

  private static boolean pause(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
      return true;
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private HttpRequest request(String body) throws GeneralSecurityException {
    long seconds = Instant.now().getEpochSecond();
    return HttpRequest.newBuilder(url)
        .timeout(TIMEOUT)
        .header("Content-Type", "application/json")
        .header("Gild-Signature", "t=" + seconds + ",v1=" + signature(secret, seconds, body))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /**
   * Returns the signature of a body.
   *
   * @param secret the shared secret
   * @param seconds when it is sent, in seconds since the epoch
   * @param body the body
   * @return hexadecimal digits
   * @throws GeneralSecurityException if the JVM lacks the algorithm
   */
  public static String signature(String secret, long seconds, String body)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of()
        .formatHex(mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8)));
  }

  private void keep(String body, String problem) {
    GildLog.infoOnce(
        "A decision could not be posted to " + url.getHost() + "; it is kept in " + undelivered);
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("at", Instant.now().toString());
    line.put("url", url.toString());
    line.put("problem", problem);
    line.put("body", body);
    try (Journal journal = Journal.builder(undelivered).build()) {
      journal.append(Json.write(line));
    } catch (IOException failure) {
      GildLog.faultOnce("Keeping a decision in " + undelivered, failure);
    }
  }

  /** Delivers what waits, for a short while. */
  @Override
  public void close() {
    sender.shutdown();
    try {
      if (!sender.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        sender.shutdownNow();
        sender.awaitTermination(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException interrupted) {
      sender.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
