package io.gild.a2a.server;

import com.sun.net.httpserver.HttpServer;
import io.gild.a2a.A2aException;
import io.gild.core.GildLog;
import io.gild.core.JdkHttpServers;
import io.gild.core.spi.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Serves HTTP/1.1 with the server of the JDK. A stream costs memory, not a thread. */
final class WebServer implements AutoCloseable {

  /** Handles a request. */
  interface Handler {

    /** Answers now, or later from any thread. */
    void handle(WebRequest request, WebAnswer answer);
  }

  private static final int BACKLOG = 1_024;
  private static final Duration TICK = Duration.ofMillis(250);
  private static final long LAST_ANSWERS_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final HttpServer server;
  private final HttpLimits limits;
  private final Clock clock;
  private final WorkerThreads threads;
  private final Handler handler;
  private final IoDeadlines deadlines;
  private final BodyReader bodies;
  private final AtomicInteger inUse = new AtomicInteger();
  private final AtomicInteger answering = new AtomicInteger();
  private final Set<WebStream> streams = ConcurrentHashMap.newKeySet();
  private @Nullable Future<?> ticks;

  private WebServer(
      HttpServer server, HttpLimits limits, Clock clock, WorkerThreads threads, Handler handler) {
    this.server = server;
    this.limits = limits;
    this.clock = clock;
    this.threads = threads;
    this.handler = handler;
    this.deadlines = new IoDeadlines(clock);
    this.bodies = new BodyReader(limits);
  }

  /** Binds the port; connections wait until the server {@linkplain #begin begins}. */
  static WebServer bind(
      InetSocketAddress address,
      HttpLimits limits,
      Clock clock,
      WorkerThreads threads,
      Handler handler) {
    JdkHttpServers.prepare();
    try {
      HttpServer server = HttpServer.create(address, BACKLOG);
      WebServer web = new WebServer(server, limits, clock, threads, handler);
      server.createContext("/", WebExchange::handle);
      server.setExecutor(web::execute);
      return web;
    } catch (IOException | RuntimeException failure) {
      throw new A2aException("cannot listen on " + address + ": " + failure.getMessage(), failure);
    }
  }

  void begin() {
    startDaemon();
    ticks =
        threads
            .timer()
            .scheduleWithFixedDelay(
                this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void startDaemon() {
    // The JDK's thread is a daemon if the one that starts it is.
    Thread starter = new Thread(server::start, "gild-a2a-start");
    starter.setDaemon(true);
    starter.start();
    try {
      starter.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void tick() {
    try {
      threads.replace(deadlines.check(TICK));
      long now = clock.nanoTime();
      streams.forEach(stream -> stream.keepAlive(now));
    } catch (RuntimeException failure) {
      GildLog.faultOnce("watching A2A connections", failure);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Returns how many connections are in use. */
  int connections() {
    return inUse.get();
  }

  HttpLimits limits() {
    return limits;
  }

  Clock clock() {
    return clock;
  }

  IoDeadlines deadlines() {
    return deadlines;
  }

  BodyReader bodies() {
    return bodies;
  }

  /**
   * Runs something that writes an answer.
   *
   * @throws RejectedExecutionException if the server is closed
   */
  void answer(Runnable writing) {
    answering.incrementAndGet();
    try {
      threads
          .io()
          .execute(() -> {
            try {
              writing.run();
            } finally {
              answering.decrementAndGet();
            }
          });
    } catch (RejectedExecutionException closed) {
      answering.decrementAndGet();
      throw closed;
    }
  }

  /**
   * Serves a connection on which a request begins.
   *
   * @throws RejectedExecutionException if too many are in use; the JDK's server closes it
   */
  private void execute(Runnable task) {
    if (inUse.incrementAndGet() > limits.maxConnections()) {
      inUse.decrementAndGet();
      throw new RejectedExecutionException("too many connections are in use");
    }
    try {
      WebExchange exchange = new WebExchange(this, task);
      threads.io().execute(exchange::run);
    } catch (RejectedExecutionException closed) {
      inUse.decrementAndGet();
      throw closed;
    }
  }

  void handle(WebRequest request, WebAnswer answer) {
    try {
      handler.handle(request, answer);
    } catch (RuntimeException | Error failure) {
      GildLog.faultOnce("answering " + request.method() + " " + request.path(), failure);
      answer.send(500, WebAnswer.TEXT, "The server failed to answer.");
    }
  }

  void add(WebStream stream) {
    streams.add(stream);
  }

  void ended(@Nullable WebStream stream) {
    inUse.decrementAndGet();
    if (stream != null) {
      streams.remove(stream);
    }
  }

  /** Writes the last answers, and closes all connections. */
  @Override
  public void close() {
    if (ticks == null) {
      startDaemon(); // the port of a server that never ran stays bound
    } else {
      awaitAnswers();
      ticks.cancel(false);
    }
    server.stop(0);
  }

  private void awaitAnswers() {
    long end = System.nanoTime() + LAST_ANSWERS_NANOS;
    try {
      while (answering.get() > 0 && System.nanoTime() < end) {
        Thread.sleep(5);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
