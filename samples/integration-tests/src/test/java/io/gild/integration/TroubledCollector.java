package io.gild.integration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/** A collector of spans that reads each request, counts its spans, and then does what is wrong. */
final class TroubledCollector implements AutoCloseable {

  private static final String REASON = "too old\nto keep";

  /** What is wrong with a collector. */
  enum Trouble {

    /** It refuses connections. */
    DEAD {
      @Override
      void answer(HttpExchange exchange, CountDownLatch end) {
        throw new IllegalStateException("it is dead");
      }
    },

    /** It accepts requests and never answers. */
    SILENT {
      @Override
      void answer(HttpExchange exchange, CountDownLatch end) throws Exception {
        end.await();
      }
    },

    /** It begins its answer and never ends it. */
    STALLED {
      @Override
      void answer(HttpExchange exchange, CountDownLatch end) throws Exception {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write(1);
        exchange.getResponseBody().flush();
        end.await();
      }
    },

    /** It has too many clients. */
    THROTTLING {
      @Override
      void answer(HttpExchange exchange, CountDownLatch end) throws Exception {
        exchange.getResponseHeaders().set("Retry-After", "1");
        exchange.sendResponseHeaders(429, -1);
      }
    },

    /** It is overloaded. */
    OVERLOADED {
      @Override
      void answer(HttpExchange exchange, CountDownLatch end) throws Exception {
        exchange.sendResponseHeaders(503, -1);
      }
    },

    /** It takes each request, but one span less. */
    PARTIAL {
      @Override
      void answer(HttpExchange exchange, CountDownLatch end) throws Exception {
        byte[] reason = REASON.getBytes(StandardCharsets.UTF_8);
        byte[] head = {10, (byte) (reason.length + 4), 8, 1, 18, (byte) reason.length};
        exchange.sendResponseHeaders(200, head.length + reason.length);
        exchange.getResponseBody().write(head);
        exchange.getResponseBody().write(reason);
      }
    },

    /** It refuses each request with a page of many megabytes. */
    TALKATIVE {
      @Override
      void answer(HttpExchange exchange, CountDownLatch end) throws Exception {
        exchange.sendResponseHeaders(500, 0);
        byte[] page = new byte[1_048_576];
        OutputStream out = exchange.getResponseBody();
        for (int i = 0; i < 200; i++) {
          out.write(page);
        }
      }
    };

    abstract void answer(HttpExchange exchange, CountDownLatch end) throws Exception;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger spans = new AtomicInteger();

  private TroubledCollector(Trouble trouble) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/traces", exchange -> take(exchange, trouble));
    if (trouble == Trouble.DEAD) {
      server.stop(0);
    } else {
      server.start();
    }
  }

  static TroubledCollector with(Trouble trouble) throws IOException {
    return new TroubledCollector(trouble);
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns how many requests it has read. */
  int requests() {
    return requests.get();
  }

  /** Returns how many spans these had. */
  int spans() {
    return spans.get();
  }

  private void take(HttpExchange exchange, Trouble trouble) throws IOException {
    try (exchange) {
      boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      InputStream body = exchange.getRequestBody();
      byte[] bytes = (packed ? new GZIPInputStream(body) : body).readAllBytes();
      for (ProtoMessage resource : new ProtoMessage(bytes).messages(1)) {
        for (ProtoMessage scope : resource.messages(2)) {
          spans.addAndGet(scope.messages(2).size());
        }
      }
      requests.incrementAndGet();
      trouble.answer(exchange, end);
    } catch (IOException gone) {
      throw gone;
    } catch (Exception fault) {
      throw new IOException(fault);
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
