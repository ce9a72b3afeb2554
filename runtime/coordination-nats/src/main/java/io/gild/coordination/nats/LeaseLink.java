package io.gild.coordination.nats;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to NATS, made at first use, and made again by the client whenever it breaks.
 * Thread-safe.
 */
final class LeaseLink implements AutoCloseable {

  private static final Duration RECONNECT = Duration.ofMillis(250);

  private final String url;
  private final Duration timeout;
  private final Consumer<Connection> onConnected;
  private final ThreadPoolExecutor connecting;
  private volatile @Nullable Connection connection;

  /**
   * Creates a link that is not connected yet.
   *
   * @param onConnected prepares a new connection; on a thread of Gild
   */
  LeaseLink(String url, Duration timeout, Consumer<Connection> onConnected) {
    this.url = url;
    this.timeout = timeout;
    this.onConnected = onConnected;
    this.connecting =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), LeaseLink::thread);
    // Now, so that threads of the client inherit from this one, and not from a caller.
    connecting.prestartCoreThread();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(null, task, "gild-nats-connect", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(LeaseLink.class.getClassLoader());
    return thread;
  }

  Duration timeout() {
    return timeout;
  }

  /**
   * Returns the connection.
   *
   * @throws IOException if the server cannot be reached now
   */
  Connection get() throws IOException {
    Connection known = connection;
    if (known == null) {
      known = await(submit());
    }
    if (known.getStatus() != Connection.Status.CONNECTED) {
      throw new IOException("not connected, but " + known.getStatus());
    }
    return known;
  }

  private Future<Connection> submit() throws IOException {
    try {
      return connecting.submit(this::connect);
    } catch (RejectedExecutionException closed) {
      throw new IOException("closed", closed);
    }
  }

  private Connection await(Future<Connection> result) throws IOException {
    try {
      // The client reports a wrong password only after its own timeout.
      return result.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw new IOException(cause.getMessage(), cause);
    } catch (TimeoutException late) {
      throw new IOException("no connection within " + timeout, late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  /** Runs on the one thread. */
  private Connection connect() throws IOException, InterruptedException {
    Connection known = connection;
    if (known != null) {
      return known;
    }
    Connection made = Nats.connect(options());
    onConnected.accept(made);
    connection = made;
    return made;
  }

  /** A message that cannot be sent now fails, instead of being sent when it is outdated. */
  private Options options() {
    return new Options.Builder()
        .server(url)
        .connectionName("gild")
        .connectionTimeout(timeout)
        .maxReconnects(-1)
        .reconnectWait(RECONNECT)
        .reconnectJitter(Duration.ofMillis(50))
        .reconnectBufferSize(0)
        .errorListener(new ErrorListener() {}) // the client's own logs through java.util.logging
        .build();
  }

  @Override
  public void close() {
    connecting.execute(this::disconnect);
    connecting.shutdown();
  }

  private void disconnect() {
    Connection known = connection;
    if (known == null) {
      return;
    }
    try {
      known.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
