package io.gild.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** A collector of OTLP over HTTP that accepts all spans and only counts them. */
final class SpanCounter implements AutoCloseable {

  /** The same in {@code ExportTraceServiceRequest} and in the messages inside of it. */
  private static final int CHILDREN = 1;

  private static final int SPANS = 2;
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;

  private final LongAdder spans = new LongAdder();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final HttpServer server;

  private SpanCounter() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/traces", this::accept);
    server.start();
  }

  static SpanCounter start() throws IOException {
    return new SpanCounter();
  }

  private void accept(HttpExchange exchange) throws IOException {
    try (exchange) {
      ByteBuffer request = ByteBuffer.wrap(exchange.getRequestBody().readAllBytes());
      spans.add(count(request, CHILDREN, SPANS, SPANS));
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** Counts the fields of a Protocol Buffers message that a path of field numbers leads to. */
  static long count(ByteBuffer message, int... path) {
    return count(message, path, 0);
  }

  private static long count(ByteBuffer message, int[] path, int depth) {
    long found = 0;
    while (message.hasRemaining()) {
      long tag = varint(message);
      switch ((int) (tag & 7)) {
        case VARINT -> varint(message);
        case FIXED_64 -> message.position(message.position() + Long.BYTES);
        case FIXED_32 -> message.position(message.position() + Integer.BYTES);
        case LENGTH_DELIMITED -> {
          int length = (int) varint(message);
          if (tag >> 3 == path[depth]) {
            found +=
                depth == path.length - 1
                    ? 1
                    : count(message.slice(message.position(), length), path, depth + 1);
          }
          message.position(message.position() + length);
        }
        default -> throw new IllegalArgumentException("no such type: " + tag);
      }
    }
    return found;
  }

  private static long varint(ByteBuffer message) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte part = message.get();
      value |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return value;
      }
    }
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  long spans() {
    return spans.sum();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
