package io.gild.evaluation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenAiJudgeTests {

  private HttpServer server;

  @BeforeEach
  void repeatTheKeyOfEachRequest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String key = exchange.getRequestHeaders().getFirst("Authorization");
            byte[] answer = ("wrong key: " + key).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(401, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void ask(String key) throws IOException, InterruptedException {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    new OpenAiJudge(url, key, "model").ask("", "Judge.", "Good?", Duration.ofSeconds(20));
  }

  @Test
  void hidesTheKeyThatTheEndpointRepeats() {
    assertThatThrownBy(() -> ask("sk-secret\n"))
        .hasMessageEndingWith("answered 401: wrong key: Bearer [key]");
  }

  @Test
  void hidesAKeyThatCannotBeSent() {
    assertThatThrownBy(() -> ask("sk-\nsecret"))
        .hasMessage("the judge's key contains characters that a header cannot hold")
        .hasNoCause();
  }
}
