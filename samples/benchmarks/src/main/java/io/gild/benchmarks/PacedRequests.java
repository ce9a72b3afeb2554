package io.gild.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Callers that send so many requests a second, however long the answers take. */
final class PacedRequests implements AutoCloseable {

  /**
   * A request without a successful answer.
   *
   * @param ended time of {@link System#nanoTime()}
   * @param what the server and the status, or the exception
   */
  record Failure(long ended, String what) {}

  private static final int STATUS_OK = 200;

  static {
    // Shorter than the proxy keeps a connection, so that neither closes one that the other uses.
    System.setProperty("jdk.httpclient.keepalive.timeout", "10");
  }

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpRequest request;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "callers");
        thread.setDaemon(true);
        return thread;
      });
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();

  private PacedRequests(String url) {
    this.request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(10))
            .POST(HttpRequest.BodyPublishers.ofString("question"))
            .build();
  }

  static PacedRequests start(String url, int perSecond) {
    PacedRequests requests = new PacedRequests(url);
    requests.clock.scheduleAtFixedRate(
        requests::send, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
    return requests;
  }

  private void send() {
    sent.incrementAndGet();
    client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .whenComplete((response, failure) -> {
          if (response == null || response.statusCode() != STATUS_OK) {
            failures.add(new Failure(System.nanoTime(), what(response, failure)));
          }
          ended.incrementAndGet();
        });
  }

  private static String what(@Nullable HttpResponse<String> response, @Nullable Throwable failure) {
    return response == null
        ? String.valueOf(failure)
        : response.headers().firstValue("x-served-by").orElse("none") + " " + response.statusCode();
  }

  /** Returns the failures that ended at or after a time of {@link System#nanoTime()}. */
  List<Failure> failuresSince(long from) {
    return failures.stream().filter(each -> each.ended() - from >= 0).toList();
  }

  long ended() {
    return ended.get();
  }

  /** Sends nothing more, and waits for the last answers. */
  void end() throws InterruptedException {
    clock.shutdown();
    while (ended.get() < sent.get()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
