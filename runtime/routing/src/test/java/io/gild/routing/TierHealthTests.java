package io.gild.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gild.config.Settings;
import io.gild.core.GildRuntime;
import io.gild.core.Tier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TierHealthTests {

  private static final String TAGS =
      "{\"models\":[{\"name\":\"qwen3:8b\",\"size\":5},{\"name\":\"phi4:latest\"},{}]}";

  @TempDir Path data;
  private volatile String body = TAGS;
  private volatile int status = 200;
  private HttpServer server;
  private GildRuntime runtime;
  private TierHealth health;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/tags",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    runtime =
        GildRuntime.builder()
            .settings(
                Settings.builder()
                    .yaml(
                        "gild.yaml",
                        "data: " + data + "\nrouting: {health-interval: 50ms, health-timeout: 1s}")
                    .build())
            .module(new RoutingModule())
            .build();
    health = RoutingMemory.of(runtime).health();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    runtime.close();
  }

  private RoutedTier tier(String model) {
    String endpoint = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    return new RoutedTier("local", new Tier(model, 0.2, endpoint));
  }

  private void awaitUp(RoutedTier tier, boolean up) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (health.isUp(tier) != up && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    assertThat(health.isUp(tier)).isEqualTo(up);
  }

  @Test
  void isUpWhileTheServerHasTheModel() throws Exception {
    RoutedTier tier = tier("qwen3:8b");
    assertThat(health.isUp(tier)).isFalse();

    health.watch(tier);
    awaitUp(tier, true);
    body = "{\"models\":[]}";
    awaitUp(tier, false);
    body = TAGS;
    awaitUp(tier, true);
    status = 500;
    awaitUp(tier, false);
  }

  @Test
  void readsANameWithoutATagAsTheLatest() throws Exception {
    RoutedTier tier = tier("ollama/phi4");
    health.watch(tier);
    awaitUp(tier, true);
  }

  @Test
  void isDownAfterAFailedAttemptUntilTheNextCheck() throws Exception {
    RoutedTier tier = tier("qwen3:8b");
    health.watch(tier);
    awaitUp(tier, true);
    body = "not JSON";
    health.failed(tier);
    assertThat(health.isUp(tier)).isFalse();
    body = TAGS;
    awaitUp(tier, true);
  }

  @Test
  void isAlwaysUpWithoutAnEndpoint() {
    assertThat(health.isUp(new RoutedTier("small", new Tier("gpt-4o-mini", 0.4)))).isTrue();
  }

  @Test
  void isDownWithoutAServer() throws Exception {
    RoutedTier tier = tier("qwen3:8b");
    server.stop(0);
    health.watch(tier);
    Thread.sleep(300);
    assertThat(health.isUp(tier)).isFalse();
  }
}
