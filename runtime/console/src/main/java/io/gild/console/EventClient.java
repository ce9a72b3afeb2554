package io.gild.console;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client that watches. What it does not take in time is dropped and counted; it then gets the
 * number and the whole state again.
 */
final class EventClient {

  private static final int MOST_WAITING = 32;
  private static final long HEARTBEAT_SECONDS = 15;
  private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

  private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicInteger lost = new AtomicInteger();
  private final boolean tail;
  private final String agent;
  private volatile boolean over;

  /**
   * Creates a client.
   *
   * @param tail whether it gets new calls, too
   * @param agent the agent of these calls; empty for all
   */
  EventClient(boolean tail, String agent) {
    this.tail = tail;
    this.agent = agent;
  }

  boolean wantsCalls() {
    return tail;
  }

  String agent() {
    return agent;
  }

  /** Adds an event, or drops it if the client is too slow. */
  void offer(byte[] event) {
    if (lost.get() > 0 || !waiting.offer(event)) {
      lost.incrementAndGet();
    }
  }

  void end() {
    over = true;
    waiting.offer(HEARTBEAT);
  }

  /** Writes events until the client is gone. */
  void serve(HttpExchange exchange, ConsoleThreads threads, Supplier<byte[]> whole)
      throws IOException {
    OutputStream out = exchange.getResponseBody();
    write(out, whole.get(), threads);
    while (!over) {
      threads.rest();
      byte[] event = next();
      threads.progress();
      if (event == null) {
        event = HEARTBEAT;
      }
      write(out, event, threads);
      int missed = waiting.isEmpty() ? lost.getAndSet(0) : 0;
      if (missed > 0) {
        write(
            out,
            ConsoleEvent.of(
                "lost", "{\"events\":" + missed + ",\"why\":\"this page was too slow\"}"),
            threads);
        write(out, whole.get(), threads);
      }
    }
  }

  private static void write(OutputStream out, byte[] event, ConsoleThreads threads)
      throws IOException {
    threads.progress();
    out.write(event);
    out.flush();
  }

  private byte @Nullable [] next() throws IOException {
    try {
      return waiting.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException ending) {
      throw new IOException("the console ends", ending);
    }
  }
}
