package com.acme.newsroom;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;

/** Receives spans by OTLP over HTTP, and notes which JVMs took part in which trace. */
final class SpanReceiver implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, Set<String>> services = new TreeMap<>();

  SpanReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::receive);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void receive(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream in = exchange.getRequestBody();
        InputStream plain = zipped ? new GZIPInputStream(in) : in) {
      fields(plain.readAllBytes(), (field, bytes) -> resourceSpans(bytes));
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /** Reads the service of a resource, and the traces of its spans. */
  private void resourceSpans(byte[] message) {
    String[] service = {"?"};
    Set<String> traces = new TreeSet<>();
    fields(
        message,
        (field, bytes) -> {
          if (field == 1) {
            fields(bytes, (inner, attribute) -> service(attribute, service));
          } else if (field == 2) {
            fields(
                bytes,
                (inner, span) -> {
                  if (inner == 2) {
                    fields(
                        span,
                        (id, value) -> {
                          if (id == 1) {
                            traces.add(HexFormat.of().formatHex(value));
                          }
                        });
                  }
                });
          }
        });
    synchronized (services) {
      traces.forEach(
          trace -> services.computeIfAbsent(trace, absent -> new TreeSet<>()).add(service[0]));
    }
  }

  private static void service(byte[] attribute, String[] service) {
    String[] key = {""};
    fields(
        attribute,
        (field, bytes) -> {
          if (field == 1) {
            key[0] = new String(bytes, StandardCharsets.UTF_8);
          } else if (key[0].equals("service.name")) {
            fields(bytes, (inner, text) -> service[0] = new String(text, StandardCharsets.UTF_8));
          }
        });
  }

  /** Passes on the fields of a message of protocol buffers that have a length. */
  private static void fields(byte[] message, BiConsumer<Integer, byte[]> each) {
    ByteBuffer in = ByteBuffer.wrap(message);
    while (in.hasRemaining()) {
      long tag = varint(in);
      switch ((int) (tag & 7)) {
        case 0 -> varint(in);
        case 1 -> in.getLong();
        case 5 -> in.getInt();
        default -> {
          byte[] value = new byte[(int) varint(in)];
          in.get(value);
          each.accept((int) (tag >>> 3), value);
        }
      }
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  /** Returns how many traces have spans of at least so many JVMs. */
  long tracesAcross(int jvms) {
    synchronized (services) {
      return services.values().stream().filter(names -> names.size() >= jvms).count();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
