package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.GildRuntime;
import io.gild.core.MethodSpec;
import io.gild.core.Webhook;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetWebhookTests {

  /** A variable that every process has; its value is the secret here. */
  private static final String VARIABLE = "PATH";

  @TempDir private Path folder;

  private record Posted(String signature, String body) {}

  @Test
  void postsAlertsWithASignature() throws Exception {
    BlockingQueue<Posted> posted = new LinkedBlockingQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          posted.add(
              new Posted(
                  exchange.getRequestHeaders().getFirst("Gild-Signature"),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try (GildRuntime runtime = runtime(server.getAddress().getPort())) {
      runtime
          .method(MethodSpec.of("desk", "com.acme.Desk", "answer", "()V"))
          .call(
              null,
              same -> {
                AgentCall.current().recordUsage("cent", Usage.of(0, 85));
                return null;
              });

      Posted alert = posted.poll(30, TimeUnit.SECONDS);
      assertThat(alert).isNotNull();
      assertThat(alert.body())
          .startsWith("{\"event\":\"budget_alert\",\"at\":")
          .contains("\"budget\":\"all\",\"percent\":80,\"spentUsd\":0.85,\"limitUsd\":1,");
      String[] parts = alert.signature().substring("t=".length()).split(",v1=", 2);
      assertThat(parts[1])
          .isEqualTo(
              Webhook.signature(System.getenv(VARIABLE), Long.parseLong(parts[0]), alert.body()));
    } finally {
      server.stop(0);
    }
  }

  private GildRuntime runtime(int port) {
    String yaml =
        """
        data: %s
        prices: {cent: {input: 0, output: 10000}}
        budgets: {all: {limit: 1, period: day, where: {agent: desk}}}
        budget-accounts: {alerts: {url: "http://127.0.0.1:%d/hook", secret-env: %s}}
        """
            .formatted(folder, port, VARIABLE);
    return GildRuntime.builder()
        .settings(Settings.builder().yaml("gild.yaml", yaml).build())
        .module(new CostModule())
        .build();
  }
}
