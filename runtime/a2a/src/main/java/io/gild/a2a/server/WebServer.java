package io.gild.a2a.server;

import io.gild.a2a.A2aException;
import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A small server of HTTP/1.1: one thread reads and writes all connections, an executor handles
 * requests. A stream costs memory, not a thread.
 */
final class WebServer implements AutoCloseable {

  /** Handles a request. */
  interface Handler {

    /** Answers now, or later from any thread. */
    void handle(WebRequest request, WebAnswer answer);
  }

  private static final int BACKLOG = 1_024;
  private static final int TICK_MILLIS = 250;
  private static final int BUFFER = 64 * 1_024;
  private static final long JOIN_MILLIS = 5_000;

  private final HttpLimits limits;
  private final Clock clock;
  private final Handler handler;
  private final Executor workers;
  private final BodyBudget budget;
  private final Selector selector;
  private final ServerSocketChannel listener;
  private final Set<WebConnection> connections = ConcurrentHashMap.newKeySet();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  private WebServer(
      InetSocketAddress address, HttpLimits limits, Clock clock, Executor workers, Handler handler)
      throws IOException {
    this.limits = limits;
    this.clock = clock;
    this.handler = handler;
    this.workers = workers;
    this.budget = new BodyBudget(limits.maxBufferedBytes());
    this.selector = Selector.open();
    this.listener = ServerSocketChannel.open();
    try {
      listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      listener.bind(address, BACKLOG);
      listener.configureBlocking(false);
      listener.register(selector, SelectionKey.OP_ACCEPT);
    } catch (IOException | RuntimeException failure) {
      listener.close();
      selector.close();
      throw failure;
    }
    this.thread = new WebThread(this::run, "gild-a2a-" + port());
  }

  /** Binds the port; connections wait until the server {@linkplain #begin begins}. */
  static WebServer bind(
      InetSocketAddress address,
      HttpLimits limits,
      Clock clock,
      Executor workers,
      Handler handler) {
    try {
      return new WebServer(address, limits, clock, workers, handler);
    } catch (IOException | RuntimeException failure) {
      throw new A2aException("cannot listen on " + address + ": " + failure.getMessage(), failure);
    }
  }

  void begin() {
    thread.start();
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  int connections() {
    return connections.size();
  }

  long now() {
    return clock.nanoTime();
  }

  HttpLimits limits() {
    return limits;
  }

  void wakeUp() {
    if (Thread.currentThread() != thread) {
      selector.wakeup();
    }
  }

  /** Runs a step on the listener's thread. */
  void execute(Runnable task) {
    tasks.add(task);
    wakeUp();
  }

  void dispatch(WebRequest request, WebAnswer answer) {
    try {
      workers.execute(() -> handle(request, answer));
    } catch (RejectedExecutionException full) {
      answer.send(503, WebAnswer.TEXT, "The server has too much to do; try again later.");
    }
  }

  private void handle(WebRequest request, WebAnswer answer) {
    try {
      handler.handle(request, answer);
    } catch (RuntimeException | Error failure) {
      GildLog.faultOnce("answering " + request.method() + " " + request.path(), failure);
      answer.send(500, WebAnswer.TEXT, "The server failed to answer.");
    }
  }

  void closed(WebConnection connection, WebInput input) {
    connections.remove(connection);
    execute(input::release);
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    long checked = System.nanoTime();
    while (!closed) {
      try {
        selector.select(key -> serve(key, buffer), TICK_MILLIS);
        runTasks();
        if (System.nanoTime() - checked > TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
          checked = System.nanoTime();
          long now = now();
          connections.forEach(each -> each.checkTimes(now, limits));
        }
      } catch (ClosedSelectorException end) {
        return;
      } catch (IOException | RuntimeException failure) {
        GildLog.faultOnce("serving A2A connections", failure);
      }
    }
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private void serve(SelectionKey key, ByteBuffer buffer) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else if (key.attachment() instanceof WebConnection connection) {
        if (key.isWritable()) {
          connection.flush();
        }
        if (key.isValid() && key.isReadable()) {
          connection.readable(buffer);
        }
      }
    } catch (CancelledKeyException gone) {
      // Closed meanwhile.
    }
  }

  private void accept() {
    try {
      for (SocketChannel channel = listener.accept();
          channel != null;
          channel = listener.accept()) {
        if (connections.size() >= limits.maxConnections()) {
          channel.close();
          continue;
        }
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, 0);
        WebConnection connection =
            new WebConnection(this, channel, key, new WebInput(limits, budget));
        key.attach(connection);
        connections.add(connection);
        key.interestOps(SelectionKey.OP_READ);
      }
    } catch (IOException failure) {
      GildLog.faultOnce("accepting A2A connections", failure);
    }
  }

  /** Closes all connections and ends the thread. */
  @Override
  public void close() {
    closed = true;
    try {
      listener.close();
      connections.forEach(WebConnection::close);
      selector.wakeup();
      if (Thread.currentThread() != thread) {
        thread.join(JOIN_MILLIS); // at once if it never began
      }
      connections.forEach(WebConnection::close);
      selector.close();
    } catch (IOException failure) {
      GildLog.faultOnce("closing the A2A server", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
