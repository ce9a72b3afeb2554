package io.gild.demo;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Customers who send so many questions a second to the proxy, however slow the answers are. */
final class SteadyLoad implements AutoCloseable {

  /** Names the server that answered; the proxy sets it. */
  static final String SERVED_BY = "x-served-by";

  private static final int STATUS_OK = 200;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * A request and what became of it.
   *
   * @param server {@code stable}, {@code canary}, or another text if neither was asked
   * @param status of HTTP; 0 without any answer
   */
  record Outcome(Instant sent, Instant ended, String server, int status) {

    boolean failed() {
      return status != STATUS_OK;
    }
  }

  static {
    // Shorter than the proxy keeps a connection, so that neither closes one that the other uses.
    System.setProperty("jdk.httpclient.keepalive.timeout", "10");
  }

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "customers");
        thread.setDaemon(true);
        return thread;
      });
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final List<HttpRequest> requests = new ArrayList<>();

  private SteadyLoad(String url, List<String> questions) {
    questions.forEach(question ->
        requests.add(
            HttpRequest.newBuilder(SupportVersion.request(url, question), (name, value) -> true)
                .timeout(TIMEOUT)
                .build()));
  }

  /** Starts to send. */
  static SteadyLoad start(String url, int perSecond, List<String> questions) {
    SteadyLoad load = new SteadyLoad(url, questions);
    load.clock.scheduleAtFixedRate(
        load::send, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
    return load;
  }

  private void send() {
    HttpRequest request = requests.get(sent.getAndIncrement() % requests.size());
    Instant begin = Instant.now();
    client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .whenComplete((response, failure) -> outcomes.add(outcome(begin, response)));
  }

  private static Outcome outcome(Instant begin, @Nullable HttpResponse<String> response) {
    return response == null
        ? new Outcome(begin, Instant.now(), "", 0)
        : new Outcome(
            begin,
            Instant.now(),
            response.headers().firstValue(SERVED_BY).orElse(""),
            response.statusCode());
  }

  /** Returns the requests that were sent at or after a time and have ended. */
  List<Outcome> since(Instant from) {
    return outcomes.stream().filter(each -> !each.sent().isBefore(from)).toList();
  }

  /** Returns all requests that have ended. */
  List<Outcome> all() {
    return List.copyOf(outcomes);
  }

  /** Sends nothing more, and waits for the last answers. */
  void end() throws IOException, InterruptedException {
    clock.shutdown();
    long deadline = System.nanoTime() + TIMEOUT.toNanos() + TimeUnit.SECONDS.toNanos(1);
    while (outcomes.size() < sent.get()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("requests did not end: " + (sent.get() - outcomes.size()));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
