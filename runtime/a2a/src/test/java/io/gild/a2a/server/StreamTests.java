package io.gild.a2a.server;

import static io.gild.a2a.server.Served.at;
import static io.gild.a2a.server.Served.await;
import static io.gild.a2a.server.Served.message;
import static io.gild.a2a.server.Served.newId;
import static io.gild.a2a.server.Served.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.a2a.A2aArtifact;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.config.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamTests {

  private static Map<String, Object> body(String text) {
    return Map.of("message", message(newId(), text));
  }

  private static void chunk(A2aExchange exchange, String text) {
    exchange.artifact(A2aArtifact.of("a", List.of(A2aPart.text(text))), true, false);
  }

  @Test
  void beginsWithTheTaskAndEndsWithIt() throws IOException {
    try (Served served =
            Served.start(exchange -> {
              exchange.working();
              chunk(exchange, "one");
              exchange.complete(A2aMessage.ofAgent("done"));
            });
        Served.Events events = served.stream("/message:stream", body("hi"))) {
      List<Map<?, ?>> all = events.rest();

      assertThat(all).hasSize(4);
      assertThat(text(all.get(0), "task", "status", "state")).isEqualTo("TASK_STATE_SUBMITTED");
      assertThat(text(all.get(1), "statusUpdate", "status", "state"))
          .isEqualTo("TASK_STATE_WORKING");
      assertThat(text(all.get(2), "artifactUpdate", "artifact", "artifactId")).isEqualTo("a");
      assertThat(text(all.get(3), "statusUpdate", "status", "state"))
          .isEqualTo("TASK_STATE_COMPLETED");
    }
  }

  @Test
  void streamsADirectAnswerAlone() throws IOException {
    try (Served served = Served.start(exchange -> exchange.reply(A2aMessage.ofAgent("x")));
        Served.Events events = served.stream("/message:stream", body("hi"))) {
      assertThat(events.rest())
          .hasSize(1)
          .allSatisfy(each -> assertThat(each.containsKey("message")).isTrue());
    }
  }

  @Test
  void answersWithAnErrorIfTheAgentFailsFirst() {
    try (Served served =
        Served.start(exchange -> {
          throw new IllegalStateException("broken");
        })) {
      assertThat(served.post("/message:stream", body("hi")).statusCode()).isEqualTo(500);
    }
  }

  @Test
  void streamsVersion03WithItsIdAndKind() throws IOException {
    try (Served served = Served.start(exchange -> exchange.complete(null))) {
      Map<String, Object> message =
          Map.of(
              "messageId", newId(),
              "role", "user",
              "parts", List.of(Map.of("kind", "text", "text", "hi")));
      String json = Json.write(Served.rpc("message/stream", Map.of("message", message)));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.server.port())) {
        socket
            .getOutputStream()
            .write(
                ("POST / HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: "
                        + json.length()
                        + "\r\n\r\n"
                        + json)
                    .getBytes(StandardCharsets.US_ASCII));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer)
            .contains("text/event-stream")
            .contains("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"kind\":\"task\"")
            .contains("\"kind\":\"status-update\"", "\"final\":true")
            .doesNotContain("chunked");
      }
    }
  }

  @Test
  void givesAllSubscribersTheSameEventsInTheSameOrder() throws IOException {
    CountDownLatch release = new CountDownLatch(1);
    try (Served served =
        Served.start(exchange -> {
          exchange.working();
          release.await();
          for (int i = 0; i < 200; i++) {
            chunk(exchange, "chunk " + i);
          }
          exchange.complete(null);
        })) {
      Served.Events first = served.stream("/message:stream", body("hi"));
      String id = text(first.next(), "task", "id");
      assertThat(first.next()).isNotNull();
      List<Served.Events> others = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        Served.Events other = served.stream("/tasks/" + id + ":subscribe", null);
        assertThat(text(other.next(), "task", "status", "state")).isEqualTo("TASK_STATE_WORKING");
        others.add(other);
      }
      others.get(0).close();
      release.countDown();
      List<Map<?, ?>> expected = first.rest();

      assertThat(expected).hasSize(201);
      for (Served.Events other : others.subList(1, others.size())) {
        assertThat(other.rest()).isEqualTo(expected);
      }
      assertThat(served.get("/tasks/" + id + ":subscribe").body())
          .contains("UNSUPPORTED_OPERATION");
    }
  }

  @Test
  void followsATaskThatWaitsForItsUser() throws IOException {
    try (Served served =
        Served.start(exchange -> {
          if (exchange.task() == null) {
            exchange.requireInput(null);
          } else {
            exchange.complete(null);
          }
        })) {
      String id = text(served.task(message(newId(), "hi")), "id");
      try (Served.Events events = served.stream("/tasks/" + id + ":subscribe", null)) {
        assertThat(text(events.next(), "task", "status", "state"))
            .isEqualTo("TASK_STATE_INPUT_REQUIRED");
        served.task(message(newId(), "more", "taskId", id));
        List<Map<?, ?>> rest = events.rest();

        assertThat(text(rest.get(rest.size() - 1), "statusUpdate", "status", "state"))
            .isEqualTo("TASK_STATE_COMPLETED");
      }
    }
  }

  @Test
  void keepsTheStreamOfAnAgentThatIsInterrupted() throws IOException {
    try (Served served =
            Served.start(exchange -> {
              exchange.working();
              Thread.currentThread().interrupt();
              chunk(exchange, "one");
              exchange.complete(null);
            });
        Served.Events events = served.stream("/message:stream", body("hi"))) {
      List<Map<?, ?>> all = events.rest();

      assertThat(text(all.get(all.size() - 1), "statusUpdate", "status", "state"))
          .isEqualTo("TASK_STATE_COMPLETED");
    }
  }

  @Test
  void dropsASlowReaderAndGoesOn() throws IOException {
    CountDownLatch release = new CountDownLatch(1);
    String large = "x".repeat(100_000);
    A2aServer.Builder builder =
        Served.builder(
                exchange -> {
                  exchange.working();
                  release.await();
                  for (int i = 0; i < 300; i++) {
                    chunk(exchange, large);
                  }
                  exchange.complete(null);
                })
            .limits(A2aLimits.ofDefaults().withStreams(200_000, 100));
    try (Served served = Served.start(builder);
        Socket slow = new Socket(InetAddress.getLoopbackAddress(), served.server.port())) {
      String json = Json.write(body("hi"));
      slow.getOutputStream()
          .write(
              ("POST /message:stream HTTP/1.1\r\nHost: a\r\nA2A-Version: 1.0\r\nContent-Type:"
                      + " application/json\r\nContent-Length: "
                      + json.length()
                      + "\r\n\r\n"
                      + json)
                  .getBytes(StandardCharsets.US_ASCII));
      await(() -> listed(served).contains("TASK_STATE_WORKING"));
      release.countDown();

      await(() -> listed(served).contains("TASK_STATE_COMPLETED"));
      slow.setSoTimeout(20_000);
      long read = 0;
      try {
        read = slow.getInputStream().readAllBytes().length;
      } catch (IOException reset) {
        // Disconnected with a reset: the answer is the same.
      }
      assertThat(read).isLessThan(300L * large.length());
    }
  }

  private static String listed(Served served) {
    return served.get("/tasks").body();
  }

  @Test
  void goesOnWhenTheClientLeaves() throws IOException {
    CountDownLatch release = new CountDownLatch(1);
    try (Served served =
        Served.start(exchange -> {
          exchange.working();
          release.await();
          exchange.complete(null);
        })) {
      Served.Events events = served.stream("/message:stream", body("hi"));
      String id = text(events.next(), "task", "id");
      events.close();
      release.countDown();

      await(() ->
          text(served.call("GetTask", Map.of("id", id)), "result", "status", "state")
              .equals("TASK_STATE_COMPLETED"));
    }
  }

  @Test
  void endsItsStreamsWhenItCloses() throws IOException {
    Served served =
        Served.start(exchange -> {
          exchange.working();
          new CountDownLatch(1).await();
        });
    Served.Events events = served.stream("/message:stream", body("hi"));
    assertThat(at(events.next(), "task")).isNotNull();
    served.close();

    List<Map<?, ?>> rest = new ArrayList<>();
    try {
      rest = events.rest();
    } catch (IOException cut) {
      // The end of the connection came first.
    }
    assertThat(rest.size()).isLessThanOrEqualTo(2);
    assertThatThrownBy(() -> served.stream("/message:stream", body("hi")))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void servesManyStreamsWithFewThreads() throws IOException {
    CountDownLatch release = new CountDownLatch(1);
    try (Served served =
        Served.start(exchange -> {
          exchange.working();
          release.await();
          exchange.complete(null);
        })) {
      Served.Events first = served.stream("/message:stream", body("hi"));
      String id = text(first.next(), "task", "id");
      int before = busyThreads();
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.server.port());
        socket
            .getOutputStream()
            .write(
                ("GET /tasks/" + id + ":subscribe HTTP/1.1\r\nHost: a\r\nA2A-Version: 1.0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        sockets.add(socket);
      }
      for (Socket socket : sockets) {
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      await(() -> busyThreads() <= before);
      release.countDown();
      for (Socket socket : sockets) {
        assertThat(untilTheEnd(socket)).contains("TASK_STATE_WORKING", "TASK_STATE_COMPLETED");
        socket.close();
      }
      first.close();
    }
  }

  private static String untilTheEnd(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n0\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        return text.toString();
      }
      text.append((char) next);
    }
    return text.toString();
  }

  /** Counts the threads of servers that do not wait for work in their pool. */
  private static int busyThreads() {
    return (int)
        Thread.getAllStackTraces().entrySet().stream()
            .filter(each -> each.getKey().getName().startsWith("gild-a2a"))
            .filter(each ->
                Arrays.stream(each.getValue())
                    .noneMatch(frame -> frame.getMethodName().equals("getTask")))
            .count();
  }
}
