package io.gild.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gild.core.Webhook;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookTests {

  @TempDir private Path folder;
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> signatures = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean fails = failures.getAndDecrement() > 0;
          if (!fails) {
            bodies.add(body);
            signatures.add(exchange.getRequestHeaders().getFirst("Gild-Signature"));
          }
          exchange.sendResponseHeaders(fails ? 503 : 204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Path undelivered() {
    return folder.resolve("undelivered.jsonl");
  }

  private Webhook webhook() {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    return new Webhook(url, "secret", undelivered(), Duration.ofMillis(1));
  }

  @Test
  void signsEachDecisionAndKeepsTheirOrder() throws Exception {
    try (Webhook webhook = webhook()) {
      webhook.accept(Map.of("number", 1));
      webhook.accept(Map.of("number", 2));
    }
    assertThat(bodies).containsExactly("{\"number\":1}", "{\"number\":2}");
    String[] parts = signatures.get(0).substring("t=".length()).split(",v1=");
    assertThat(parts[1])
        .isEqualTo(Webhook.signature("secret", Long.parseLong(parts[0]), bodies.get(0)))
        .isNotEqualTo(Webhook.signature("other", Long.parseLong(parts[0]), bodies.get(0)));
  }

  @Test
  void triesAgain() {
    failures.set(3);
    try (Webhook webhook = webhook()) {
      webhook.accept(Map.of("number", 1));
    }
    assertThat(bodies).containsExactly("{\"number\":1}");
    assertThat(undelivered()).doesNotExist();
  }

  @Test
  void keepsWhatCannotBeDelivered() throws Exception {
    failures.set(Integer.MAX_VALUE);
    try (Webhook webhook = webhook()) {
      webhook.accept(Map.of("number", 1));
    }
    assertThat(Files.readString(undelivered()))
        .contains("\"problem\":\"status 503\"")
        .contains("{\\\"number\\\":1}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(undelivered())))
        .isEqualTo("rw-------");
  }
}
