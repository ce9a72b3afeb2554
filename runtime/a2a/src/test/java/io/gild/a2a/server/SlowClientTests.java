package io.gild.a2a.server;

import static io.gild.a2a.server.Served.await;
import static io.gild.a2a.server.Served.message;
import static io.gild.a2a.server.Served.newId;
import static org.assertj.core.api.Assertions.assertThat;

import io.gild.a2a.A2aArtifact;
import io.gild.a2a.A2aPart;
import io.gild.config.Json;
import io.gild.core.spi.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send or read slowly, or leave. */
@Timeout(60)
class SlowClientTests {

  private static final String LARGE = "x".repeat(200_000);

  private final AtomicLong ahead = new AtomicLong();
  private final CountDownLatch release = new CountDownLatch(1);
  private final Served served =
      Served.start(
          Served.builder(this::answer)
              .clock(new Ahead(ahead))
              .limits(
                  new A2aLimits(
                      1_000_000, 3, 100_000_000, 100, 100, Duration.ofMinutes(1), Duration.ZERO)));

  /** A clock that a test puts forward. */
  private record Ahead(AtomicLong nanos) implements Clock {

    @Override
    public long nanoTime() {
      return SYSTEM.nanoTime() + nanos.get();
    }

    @Override
    public Instant now() {
      return SYSTEM.now();
    }

    @Override
    public void sleep(long time) throws InterruptedException {
      SYSTEM.sleep(time);
    }
  }

  private void answer(A2aExchange exchange) throws InterruptedException {
    exchange.working();
    if (exchange.message().text().equals("wait")) {
      release.await();
    } else {
      for (int i = 0; i < 100; i++) {
        exchange.artifact(A2aArtifact.of("a" + i, List.of(A2aPart.text(LARGE))));
      }
    }
    exchange.complete(null);
  }

  @AfterEach
  void close() {
    release.countDown();
    served.close();
  }

  private Socket send(String request) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), served.server.port()));
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String post(String path, String text) {
    String body = Json.write(Map.of("message", message(newId(), text)));
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  private void awaitTheEndOfAll() {
    await(() -> {
      ahead.addAndGet(Duration.ofMinutes(1).toNanos());
      return served.server.connections() == 0;
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "G",
        "GET / HTTP/1.1\r\nHost: a\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
      })
  void closesConnectionsWhoseRequestTakesTooLong(String start) throws IOException {
    try (Socket slow = send(start)) {
      await(() -> served.server.connections() == 1);
      awaitTheEndOfAll();

      assertThat(isClosed(slow)).isTrue();
    }
    assertThat(served.get("/.well-known/agent-card.json").statusCode()).isEqualTo(200);
  }

  @Test
  void servesOthersWhileManyClientsAreSlow() throws IOException {
    try (Served many = Served.start(exchange -> exchange.complete(null))) {
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), many.server.port());
        socket.getOutputStream().write('G');
        slow.add(socket);
      }
      await(() -> many.server.connections() == slow.size());

      assertThat(many.get("/.well-known/agent-card.json").statusCode()).isEqualTo(200);
      assertThat(many.server.connections()).isGreaterThanOrEqualTo(slow.size());
      for (Socket socket : slow) {
        socket.close();
      }
      await(() -> many.server.connections() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/message:send", "/message:stream"})
  void closesConnectionsWhoseClientReadsNothing(String path) throws IOException {
    try (Socket slow = send(post(path, "much"))) {
      await(() -> served.get("/tasks").body().contains("COMPLETED"));
      await(() -> served.server.connections() == 1);

      awaitTheEndOfAll();

      assertThat(slow.isConnected()).isTrue();
    }
  }

  @Test
  void sendsCommentsOnSilentStreams() throws IOException {
    try (Socket stream = send(post("/message:stream", "wait"))) {
      readUntil(stream, "WORKING");
      ahead.addAndGet(Duration.ofSeconds(16).toNanos());

      readUntil(stream, "\n:\n\n");
    }
  }

  @Test
  void noticesClientsThatHaveLeftTheirStream() throws IOException {
    try (Socket stream = send(post("/message:stream", "wait"))) {
      readUntil(stream, "WORKING");
    }
    awaitTheEndOfAll();
  }

  @Test
  void closesConnectionsBeyondTheLimit() throws IOException {
    try (Socket first = send(post("/message:stream", "wait"));
        Socket second = send(post("/message:stream", "wait"));
        Socket third = send(post("/message:stream", "wait"))) {
      for (Socket each : List.of(first, second, third)) {
        readUntil(each, "WORKING");
      }
      try (Socket fourth = send(post("/message:stream", "wait"))) {
        assertThat(isClosed(fourth)).isTrue();
      }
      release.countDown();
      for (Socket each : List.of(first, second, third)) {
        readUntil(each, "COMPLETED");
      }
      await(() -> served.server.connections() == 0);
    }
  }

  private static void readUntil(Socket socket, String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int next = socket.getInputStream().read();
      assertThat(next).as("the end came before %s, behind %s", text, read).isNotNegative();
      read.append((char) next);
    }
  }
}
