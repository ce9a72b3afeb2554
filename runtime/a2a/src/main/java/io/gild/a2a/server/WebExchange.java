package io.gild.a2a.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.gild.core.GildLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A connection in use: from the first byte of a request to the last one of its answer. */
final class WebExchange {

  /** Reads or writes, and ends the exchange if it fails. */
  interface Work {
    void run(IoDeadlines.Watch watch) throws IOException;
  }

  private static final ThreadLocal<@Nullable WebExchange> CURRENT = new ThreadLocal<>();
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final List<String> VERSIONS = List.of("HTTP/1.1", "HTTP/1.0");

  private final WebServer server;
  private final Runnable task;
  private final AtomicBoolean over = new AtomicBoolean();
  private IoDeadlines.@Nullable Watch reading;
  private volatile @Nullable HttpExchange http;
  private volatile @Nullable WebStream stream;

  /**
   * Creates an exchange.
   *
   * @param task reads the head of the request and calls the handler of the JDK's server
   */
  WebExchange(WebServer server, Runnable task) {
    this.server = server;
    this.task = task;
  }

  /** Reads and handles the request. */
  void run() {
    CURRENT.set(this);
    try (IoDeadlines.Watch watch = server.deadlines().watch()) {
      reading = watch;
      watch.limit(server.limits().requestTime());
      task.run();
    } catch (IOException impossible) {
      throw new IllegalStateException("a new watch is not late", impossible);
    } finally {
      CURRENT.remove();
      if (http == null) {
        end(); // the request was broken, and the JDK's server has answered
      }
    }
  }

  /** Handles the request that the current thread reads. */
  static void handle(HttpExchange http) throws IOException {
    WebExchange current = CURRENT.get();
    if (current == null || current.http != null || current.reading == null) {
      throw new IOException("the connection is closed"); // see abort
    }
    current.http = http;
    try {
      current.handle(http, current.reading);
    } catch (IOException | RuntimeException | Error failure) {
      current.end(); // the JDK's server closes the connection
      throw failure;
    }
  }

  private void handle(HttpExchange exchange, IoDeadlines.Watch watch) throws IOException {
    WebRequest request;
    try {
      request = read(exchange, watch);
    } catch (WebProblem problem) {
      reject(exchange, problem, watch);
      throw new IOException("the connection is closed behind a broken request", problem);
    }
    WebAnswer answer = new WebAnswer(this);
    server.handle(request, answer);
    WebResponse response = answer.handled();
    if (response != null) {
      finish(response, watch);
    }
  }

  private void reject(HttpExchange exchange, WebProblem problem, IoDeadlines.Watch watch)
      throws IOException {
    exchange.getResponseHeaders().set("Connection", "close");
    byte[] text = String.valueOf(problem.getMessage()).getBytes(StandardCharsets.UTF_8);
    finish(new WebResponse(problem.status(), WebAnswer.TEXT, text), watch);
  }

  private WebRequest read(HttpExchange exchange, IoDeadlines.Watch watch)
      throws WebProblem, IOException {
    check(exchange);
    Headers headers = exchange.getRequestHeaders();
    String length = headers.getFirst("Content-Length");
    boolean chunked = headers.containsKey("Transfer-Encoding");
    long bytes = chunked ? -1 : length == null ? 0 : Long.parseLong(length);
    int most = server.limits().maxBodyBytes();
    watch.limit(server.limits().bodyTime(chunked ? most : Math.min(bytes, most)));
    try {
      byte[] body = server.bodies().read(exchange.getRequestBody(), bytes);
      watch.lift();
      return WebRequest.of(exchange, body);
    } catch (IOException broken) {
      watch.lift();
      throw new WebProblem(400, "the body is broken: " + broken.getMessage());
    }
  }

  /** Rejects what the JDK's server accepts, but no client may send. */
  private static void check(HttpExchange exchange) throws WebProblem {
    String version = exchange.getProtocol();
    if (!VERSIONS.contains(version)) {
      throw new WebProblem(505, "the version must be HTTP/1.1 or HTTP/1.0");
    }
    if (!TOKEN.matcher(exchange.getRequestMethod()).matches()) {
      throw new WebProblem(400, "the request line must be METHOD TARGET HTTP/1.1");
    }
    List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
    if (version.equals("HTTP/1.1") && hosts.size() != 1) {
      throw new WebProblem(400, "the header Host must be there once");
    }
  }

  /** Runs work on a worker; a failure closes the connection. */
  void later(Work work) {
    try {
      server.answer(() -> attempt(work));
    } catch (RejectedExecutionException closed) {
      end(); // the server closes all connections
    }
  }

  private void attempt(Work work) {
    try (IoDeadlines.Watch watch = server.deadlines().watch()) {
      try {
        work.run(watch);
      } catch (IOException left) {
        abort();
      } catch (RuntimeException | Error failure) {
        GildLog.faultOnce("writing an answer of an A2A server", failure);
        abort();
      }
    }
  }

  void finish(WebResponse response, IoDeadlines.Watch watch) throws IOException {
    response.write(exchange(), watch, server.limits().writeTime());
    end();
  }

  HttpExchange exchange() {
    HttpExchange now = http;
    if (now == null) {
      throw new IllegalStateException("the request was not read");
    }
    return now;
  }

  WebStream stream() {
    WebStream begun = new WebStream(this, server.limits(), server.clock());
    stream = begun;
    server.add(begun);
    return begun;
  }

  /**
   * Closes the connection at once. The JDK's server forgets a connection only when its answer ends
   * or its task fails. So the task runs again, on a thread that is interrupted: the channel is
   * closed when it is used, nothing waits for the client, and the task fails.
   */
  private void abort() {
    Thread.currentThread().interrupt();
    try {
      task.run();
    } finally {
      Thread.interrupted();
      end();
    }
  }

  /** Marks that the connection is not in use any more. */
  void end() {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    WebStream begun = stream;
    server.ended(begun);
    if (begun != null) {
      begun.left();
    }
  }
}
