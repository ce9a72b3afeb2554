package io.gild.a2a.server;

import static io.gild.a2a.server.Served.at;
import static io.gild.a2a.server.Served.await;
import static io.gild.a2a.server.Served.message;
import static io.gild.a2a.server.Served.newId;
import static io.gild.a2a.server.Served.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gild.a2a.A2aArtifact;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.config.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PushTests {

  private static final A2aPushRules FAST =
      new A2aPushRules(true, Duration.ofMillis(500), 3, Duration.ofMillis(20));

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(200);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(threads);
    receiver.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          requests.add(exchange);
          received.add(body);
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
    threads.shutdownNow();
  }

  private String url() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook?x=1";
  }

  private static Map<String, Object> send(Map<String, Object> push) {
    return Map.of(
        "message", message(newId(), "hi"),
        "configuration", Map.of("taskPushNotificationConfig", push));
  }

  private static void chunks(A2aExchange exchange) {
    exchange.working();
    for (int i = 0; i < 20; i++) {
      exchange.artifact(A2aArtifact.of("a" + i, List.of(A2aPart.text("x"))));
    }
    exchange.complete(A2aMessage.ofAgent("done"));
  }

  @Test
  void pushesAllEventsInTheirOrder() {
    try (Served served = Served.start(Served.builder(PushTests::chunks).push(FAST))) {
      Map<?, ?> answer =
          served.call(
              "SendMessage",
              send(
                  Map.of(
                      "url", url(),
                      "token", "my-token",
                      "authentication", Map.of("scheme", "Bearer", "credentials", "secret"))));
      String id = text(answer, "result", "task", "id");
      await(() -> received.size() == 22);

      assertThat(received.get(0)).contains("statusUpdate", "TASK_STATE_WORKING", id);
      for (int i = 0; i < 20; i++) {
        assertThat(received.get(i + 1)).contains("\"artifactId\":\"a" + i + "\"");
      }
      assertThat(received.get(21)).contains("TASK_STATE_COMPLETED");
      HttpExchange first = requests.get(0);
      assertThat(first.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer secret");
      assertThat(first.getRequestHeaders().getFirst("X-A2A-Notification-Token"))
          .isEqualTo("my-token");
      assertThat(first.getRequestURI()).hasToString("/hook?x=1");
    }
  }

  @Test
  void triesAgainInOrderAfterAFailure() {
    status.set(500);
    try (Served served = Served.start(Served.builder(PushTests::chunks).push(FAST))) {
      served.call("SendMessage", send(Map.of("url", url())));
      await(() -> received.size() >= 2);
      status.set(204);
      await(() -> received.get(received.size() - 1).contains("TASK_STATE_COMPLETED"));

      assertThat(received.get(1)).isEqualTo(received.get(0));
      assertThat(received.stream().distinct()).hasSize(22);
    }
  }

  @Test
  void followsNoRedirectAndGivesUp() {
    status.set(302);
    try (Served served = Served.start(Served.builder(PushTests::chunks).push(FAST))) {
      served.call("SendMessage", send(Map.of("url", url())));
      await(() -> received.size() >= 3);
      String id = text(served.task(message(newId(), "x")), "id");

      assertThat(served.get("/tasks/" + id).statusCode()).isEqualTo(200);
      assertThat(requests)
          .allSatisfy(each -> assertThat(each.getRequestURI().getPath()).isEqualTo("/hook"));
      assertThat(received).hasSize(3);
    }
  }

  @Test
  void survivesAReceiverThatHangs() throws IOException {
    try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Served served = Served.start(Served.builder(PushTests::chunks).push(FAST))) {
      String silent = "http://127.0.0.1:" + hanging.getLocalPort() + "/";
      for (int i = 0; i < 4; i++) {
        served.call("SendMessage", send(Map.of("url", silent)));
      }
      served.call("SendMessage", send(Map.of("url", url())));

      await(() -> received.size() == 22);
    }
  }

  @Test
  void stopsPushingWhenTheConfigurationIsDeleted() {
    CountDownLatch release = new CountDownLatch(1);
    A2aServer.Builder builder =
        Served.builder(
                exchange -> {
                  if (exchange.task() == null) {
                    exchange.requireInput(null);
                  } else {
                    release.countDown();
                    exchange.complete(null);
                  }
                })
            .push(FAST);
    try (Served served = Served.start(builder)) {
      String id = text(served.task(message(newId(), "hi")), "id");
      String configs = "/tasks/" + id + "/pushNotificationConfigs";
      Map<?, ?> made = Served.json(served.post(configs, Map.of("url", url())));
      Map<?, ?> named = Served.json(served.post(configs, Map.of("url", url(), "id", "mine")));
      assertThat(text(named, "id")).isEqualTo("mine");
      assertThat(text(Served.json(served.get(configs + "/mine")), "url")).isEqualTo(url());
      assertThat((List<?>) at(Served.json(served.get(configs)), "configs")).hasSize(2);
      for (String config : List.of("mine", text(made, "id"), "mine")) {
        assertThat(
                served
                    .exchange(served.request(configs + "/" + config).DELETE().build())
                    .statusCode())
            .isEqualTo(200);
      }
      assertThat(served.get(configs + "/mine").statusCode()).isEqualTo(404);
      served.task(message(newId(), "more", "taskId", id));

      assertThat(release.getCount()).isZero();
      assertThat(received).isEmpty();
    }
  }

  @Test
  void pushesTasksToClientsOfVersion03() {
    try (Served served = Served.start(Served.builder(PushTests::chunks).push(FAST))) {
      Map<String, Object> params =
          Map.of(
              "message",
                  Map.of(
                      "messageId", newId(),
                      "role", "user",
                      "parts", List.of(Map.of("kind", "text", "text", "hi"))),
              "configuration", Map.of("pushNotificationConfig", Map.of("url", url())));
      served.callOld("message/send", params);
      await(() -> received.size() == 22);

      assertThat(received.get(21)).contains("\"kind\":\"task\"", "\"state\":\"completed\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/x",
        "https://localhost/x",
        "https://sub.localhost/x",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://172.16.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://[::1]/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://[2002:a00:1::]/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "https://user:pass@example.com/",
        "https:///path",
        "not a url",
      })
  void rejectsAddressesOfItsOwnNetwork(String url) {
    try (Served served = Served.start(A2aHandler.answering(message -> "x"))) {
      Map<?, ?> answer = served.call("SendMessage", send(Map.of("url", url)));

      assertThat(at(answer, "error", "code")).as(Json.write(answer)).isEqualTo(-32602L);
    }
  }

  @Test
  void checksTheAddressThatANameHasAtTheConnection() {
    AtomicInteger resolved = new AtomicInteger();
    A2aServer.Builder builder =
        Served.builder(PushTests::chunks)
            .push(new A2aPushRules(false, Duration.ofMillis(500), 2, Duration.ofMillis(10)))
            .resolver(host -> {
              resolved.incrementAndGet();
              return new InetAddress[] {InetAddress.getLoopbackAddress()};
            });
    try (Served served = Served.start(builder)) {
      String rebound = "http://rebound.example.com:" + receiver.getAddress().getPort() + "/";
      served.call("SendMessage", send(Map.of("url", rebound)));

      await(() -> resolved.get() >= 3);
      assertThat(received).isEmpty();
    }
  }

  @Test
  void rejectsHeadersThatEndLines() {
    try (Served served = Served.start(Served.builder(PushTests::chunks).push(FAST))) {
      for (Map<String, Object> push :
          List.of(
              Map.<String, Object>of("url", url(), "token", "a\r\nX: y"),
              Map.<String, Object>of(
                  "url", url(),
                  "authentication", Map.of("scheme", "Bearer\nX:", "credentials", "c")))) {
        assertThat(at(served.call("SendMessage", send(push)), "error", "code")).isEqualTo(-32602L);
      }
      assertThat(
              served
                  .exchange(
                      served
                          .request("/message:send")
                          .POST(BodyPublishers.ofString(Json.write(send(Map.of()))))
                          .build())
                  .statusCode())
          .isEqualTo(400);
    }
  }
}
