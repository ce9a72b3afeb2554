package io.gild.a2a.server;

import static io.gild.a2a.server.Served.at;
import static io.gild.a2a.server.Served.message;
import static io.gild.a2a.server.Served.newId;
import static io.gild.a2a.server.Served.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.a2a.A2aArtifact;
import io.gild.a2a.A2aException;
import io.gild.a2a.A2aJson;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.AgentCapabilities;
import io.gild.a2a.AgentCard;
import io.gild.config.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class A2aServerTests {

  private Served served;

  @BeforeEach
  void start() {
    served = Served.start(A2aServerTests::answer);
  }

  @AfterEach
  void close() {
    served.close();
  }

  private static void answer(A2aExchange exchange) {
    String text = exchange.message().text();
    switch (text) {
      case "direct" -> exchange.reply(A2aMessage.ofAgent("direct answer"));
      case "ask" -> exchange.requireInput(A2aMessage.ofAgent("which one?"));
      case "reject" -> exchange.reject(A2aMessage.ofAgent("no"));
      case "artifact" -> {
        exchange.artifact(A2aArtifact.of("a", List.of(A2aPart.text("one"))), false, false);
        exchange.artifact(A2aArtifact.of("a", List.of(A2aPart.text("two"))), true, true);
        exchange.complete(null);
      }
      default -> exchange.complete(A2aMessage.ofAgent("echo " + text));
    }
  }

  @Test
  void answersWithATask() {
    Map<?, ?> task = served.task(message(newId(), "hi"));

    assertThat(text(task, "status", "state")).isEqualTo("TASK_STATE_COMPLETED");
    assertThat(A2aJson.task(task).status().message().text()).isEqualTo("echo hi");
    assertThat(A2aJson.task(task).history()).hasSize(1);
    assertThat(served.call("GetTask", Map.of("id", task.get("id"))).get("result")).isEqualTo(task);
    assertThat(Served.json(served.get("/tasks/" + task.get("id")))).isEqualTo(task);
  }

  @Test
  void answersWithAMessageWithoutATask() {
    Map<?, ?> answer = served.send(message(newId(), "direct"));

    assertThat(text(answer, "result", "message", "role")).isEqualTo("ROLE_AGENT");
    assertThat(A2aJson.message(at(answer, "result", "message")).text()).isEqualTo("direct answer");
    assertThat(at(served.call("ListTasks", Map.of()), "result", "totalSize")).isEqualTo(0L);
  }

  @Test
  void continuesATaskThatRequiresInput() {
    Map<?, ?> asking = served.task(message(newId(), "ask"));
    assertThat(text(asking, "status", "state")).isEqualTo("TASK_STATE_INPUT_REQUIRED");
    String id = text(asking, "id");

    Map<?, ?> done = served.task(message(newId(), "blue", "taskId", id));

    assertThat(text(done, "id")).isEqualTo(id);
    assertThat(text(done, "status", "state")).isEqualTo("TASK_STATE_COMPLETED");
    assertThat(A2aJson.task(done).history())
        .extracting(A2aMessage::text)
        .containsExactly("ask", "which one?", "blue");
    Map<?, ?> late = served.send(message(newId(), "again", "taskId", id));
    assertThat(at(late, "error", "code")).isEqualTo(-32004L);
  }

  @Test
  void keepsTheContextOfATask() {
    Map<?, ?> asking = served.task(message(newId(), "ask", "contextId", "mine"));
    assertThat(text(asking, "contextId")).isEqualTo("mine");

    Map<?, ?> other =
        served.send(message(newId(), "blue", "taskId", text(asking, "id"), "contextId", "other"));

    assertThat(at(other, "error", "code")).isEqualTo(-32602L);
    assertThat(text(other, "error", "message")).contains("must be that of the task");
    assertThat(served.get("/tasks/" + text(asking, "id")).body()).contains("INPUT_REQUIRED");
  }

  @Test
  void joinsTheChunksOfAnArtifact() {
    Map<?, ?> task = served.task(message(newId(), "artifact"));

    assertThat(A2aJson.task(task).artifacts())
        .extracting(A2aArtifact::text)
        .containsExactly("one\ntwo");
  }

  @Test
  void limitsTheHistory() {
    String id = text(served.task(message(newId(), "ask")), "id");
    served.task(message(newId(), "ask", "taskId", id));

    assertThat(at(served.call("GetTask", Map.of("id", id)), "result", "history"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasSize(3);
    Map<?, ?> two = served.call("GetTask", Map.of("id", id, "historyLength", 2));
    assertThat(A2aJson.task(two.get("result")).history())
        .extracting(A2aMessage::text)
        .containsExactly("which one?", "ask");
    Map<?, ?> none = Served.json(served.get("/tasks/" + id + "?historyLength=0"));
    assertThat(none.containsKey("history")).isFalse();
    assertThat(at(served.call("GetTask", Map.of("id", id, "historyLength", -1)), "error", "code"))
        .isEqualTo(-32602L);
  }

  @Test
  void listsTasksPageByPage() {
    for (int i = 0; i < 5; i++) {
      served.task(message(newId(), i % 2 == 0 ? "hi" : "ask", "contextId", "c" + i % 2));
    }
    Map<?, ?> first = Served.json(served.get("/tasks?pageSize=2"));
    String token = text(first, "nextPageToken");
    Map<?, ?> second = Served.json(served.get("/tasks?pageSize=2&pageToken=" + token));
    Map<?, ?> third =
        Served.json(served.get("/tasks?pageSize=2&pageToken=" + text(second, "nextPageToken")));

    assertThat(at(first, "totalSize")).isEqualTo(5L);
    assertThat((List<?>) at(first, "tasks")).hasSize(2);
    assertThat((List<?>) at(second, "tasks")).hasSize(2);
    assertThat((List<?>) at(third, "tasks")).hasSize(1);
    assertThat(text(third, "nextPageToken")).isEmpty();
    assertThat(Json.write(first)).doesNotContain("artifacts");
    Map<?, ?> asking =
        served.call("ListTasks", Map.of("status", "TASK_STATE_INPUT_REQUIRED", "contextId", "c1"));
    assertThat(at(asking, "result", "totalSize")).isEqualTo(2L);
    assertThat(served.get("/tasks?pageSize=101").statusCode()).isEqualTo(400);
    assertThat(served.get("/tasks?pageSize=0").statusCode()).isEqualTo(400);
    assertThat(served.get("/tasks?pageToken=nonsense").statusCode()).isEqualTo(400);
    assertThat(served.get("/tasks?statusTimestampAfter=yesterday").statusCode()).isEqualTo(400);
    assertThat(
            at(
                Served.json(served.get("/tasks?statusTimestampAfter=2200-01-01T00:00:00Z")),
                "totalSize"))
        .isEqualTo(0L);
  }

  @Test
  void namesTheErrorsOfBothBindings() {
    HttpResponse<String> missing = served.get("/tasks/none");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(text(Served.json(missing), "error", "status")).isEqualTo("NOT_FOUND");
    assertThat(missing.body())
        .contains("\"reason\":\"TASK_NOT_FOUND\"", "\"domain\":\"a2a-protocol.org\"");

    Map<?, ?> rpc = served.call("GetTask", Map.of("id", "none"));
    assertThat(at(rpc, "error", "code")).isEqualTo(-32001L);
    assertThat(Json.write(rpc)).contains("\"reason\":\"TASK_NOT_FOUND\"");

    String ended = text(served.task(message(newId(), "hi")), "id");
    assertThat(served.post("/tasks/" + ended + ":cancel", Map.of()).statusCode()).isEqualTo(409);
    assertThat(at(served.call("CancelTask", Map.of("id", ended)), "error", "code"))
        .isEqualTo(-32002L);
    assertThat(at(served.call("GetExtendedAgentCard", Map.of()), "error", "code"))
        .isEqualTo(-32004L);
    assertThat(served.get("/nothing/here/at/all").statusCode()).isEqualTo(404);
    assertThat(served.get("/message:send").statusCode()).isEqualTo(405);
    assertThat(served.get("/").statusCode()).isEqualTo(405);
  }

  @Test
  void rejectsMediaTypesThatTheAgentDoesNotAccept() {
    Map<String, Object> message = message(newId(), "");
    message.put(
        "parts",
        List.of(
            Map.of("raw", "AAAA", "mediaType", "video/mp4"),
            Map.of("text", "x", "mediaType", "text/plain; charset=utf-8")));

    assertThat(at(served.send(message), "error", "code")).isEqualTo(-32005L);
    assertThat(served.post("/message:send", Map.of("message", message)).statusCode())
        .isEqualTo(415);
  }

  @Test
  void answersWithTheStatusCodesOfTheRevision() {
    try (Served revised =
        Served.start(Served.builder(A2aServerTests::answer).revisedStatusCodes(true))) {
      String ended = text(revised.task(message(newId(), "hi")), "id");
      assertThat(revised.post("/tasks/" + ended + ":cancel", Map.of()).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void answersVersion03InItsForms() {
    Map<String, Object> message =
        Map.of(
            "kind",
            "message",
            "messageId",
            newId(),
            "role",
            "user",
            "parts",
            List.of(Map.of("kind", "text", "text", "ask")));
    Map<?, ?> task =
        (Map<?, ?>) at(served.callOld("message/send", Map.of("message", message)), "result");

    assertThat(text(task, "kind")).isEqualTo("task");
    assertThat(text(task, "status", "state")).isEqualTo("input-required");
    assertThat(text(task, "status", "message", "role")).isEqualTo("agent");
    String id = text(task, "id");
    assertThat(text(served.callOld("tasks/get", Map.of("id", id)), "result", "id")).isEqualTo(id);
    Map<?, ?> config =
        served.callOld(
            "tasks/pushNotificationConfig/set",
            Map.of("taskId", id, "pushNotificationConfig", Map.of("url", "https://example.com")));
    assertThat(text(config, "result", "pushNotificationConfig", "url"))
        .isEqualTo("https://example.com");
    assertThat(
            (List<?>)
                served.callOld("tasks/pushNotificationConfig/list", Map.of("id", id)).get("result"))
        .hasSize(1);
    assertThat(text(served.callOld("tasks/cancel", Map.of("id", id)), "result", "status", "state"))
        .isEqualTo("canceled");
    Map<?, ?> unnamed = served.callOld("SendMessage", Map.of("message", message(newId(), "hi")));
    assertThat(text(unnamed, "result", "task", "status", "state"))
        .as("a method of 1.0 alone, from a client that names no version")
        .isEqualTo("TASK_STATE_COMPLETED");
    assertThat(at(served.call("message/send", Map.of()), "error", "code")).isEqualTo(-32601L);
  }

  @Test
  void servesTheCardWithItsTag() {
    HttpResponse<String> first = served.get("/.well-known/agent-card.json");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    assertThat(first.headers().firstValue("Cache-Control")).isPresent();
    AgentCard card = A2aJson.card(Json.read(first.body()));
    assertThat(card.interfaces()).hasSize(3);
    assertThat(Served.json(first).containsKey("url")).isFalse();
    assertThat(text(Served.json(served.get("/v0.3/.well-known/agent-card.json")), "url"))
        .isEqualTo(served.server.url());
    assertThat(card.interfaces().get(0).url()).isEqualTo(served.server.url());
    HttpResponse<String> again =
        served.exchange(
            served
                .request("/agents/test/.well-known/agent-card.json")
                .header("If-None-Match", "\"x\", W/" + tag)
                .build());
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void servesSeveralAgents() {
    A2aServer.Builder builder = Served.builder(A2aHandler.answering(message -> "root"));
    builder.agent(A2aAgent.of("other", Served.card(), A2aHandler.answering(message -> "other")));
    try (Served two = Served.start(builder.defaultAgent("test"))) {
      Object body = Map.of("message", message(newId(), "hi"));
      assertThat(two.post("/message:send", body).body()).contains("root");
      assertThat(two.post("/agents/other/message:send", body).body()).contains("other");
      assertThat(two.get("/agents/other/.well-known/agent-card.json").body())
          .contains(two.server.url() + "/agents/other");
      assertThat(at(Served.json(two.get("/agents/other/tasks")), "totalSize")).isEqualTo(1L);
    }
  }

  @Test
  void keepsTenantsOfPathsApart() {
    Object body = Map.of("message", message(newId(), "hi"));
    String id = text(Served.json(served.post("/acme/message:send", body)), "task", "id");

    assertThat(served.get("/acme/tasks/" + id).statusCode()).isEqualTo(200);
    assertThat(served.get("/tasks/" + id).statusCode()).isEqualTo(404);
    assertThat(served.get("/other/tasks/" + id).statusCode()).isEqualTo(404);
    assertThat(at(served.call("GetTask", Map.of("id", id, "tenant", "acme")), "result", "id"))
        .isEqualTo(id);
    assertThat(at(served.call("GetTask", Map.of("id", id)), "error", "code")).isEqualTo(-32001L);
  }

  @Test
  void acceptsPartsOfTenMegabytes() {
    byte[] bytes = new byte[10 * 1_024 * 1_024];
    Map<String, Object> message = message(newId(), "");
    message.put(
        "parts",
        List.of(
            Map.of(
                "raw",
                Base64.getEncoder().encodeToString(bytes),
                "mediaType",
                "application/octet-stream")));

    A2aMessage kept = A2aJson.task(served.task(message)).history().get(0);

    assertThat(((A2aPart.Raw) kept.parts().get(0)).bytes()).hasSize(bytes.length);
  }

  @Test
  void refusesToServeAnyoneBeyondThisMachine() {
    assertThatThrownBy(() -> Served.builder(A2aServerTests::answer).host("0.0.0.0").start())
        .isInstanceOf(A2aException.class)
        .hasMessageContaining("a2a.credentials");
  }

  @Test
  void leavesNothingOpenIfItCannotStart() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
      assertThatThrownBy(() -> Served.builder(A2aServerTests::answer).port(port).start())
          .isInstanceOf(A2aException.class)
          .hasMessageContaining("cannot listen on");
    }
    assertThatThrownBy(
            () -> Served.builder(A2aServerTests::answer).port(port).defaultAgent("nobody").start())
        .isInstanceOf(A2aException.class)
        .hasMessageContaining("must be one of [test]");
    assertThatThrownBy(() -> A2aServer.builder().start()).isInstanceOf(A2aException.class);
    Served.builder(A2aServerTests::answer).port(port).start().close();
  }

  @Test
  void readsItsSettings() {
    A2aSettings settings =
        new A2aSettings(
            "127.0.0.1",
            0,
            "https://example.com/a2a/",
            null,
            List.of(new A2aSettings.TenantSecret("acme", A2aCredential.Kind.BEARER, "ACME_TOKEN")),
            A2aLimits.ofDefaults(),
            A2aPushRules.ofDefaults(false),
            "1.0.1",
            true,
            null);
    try (Served set =
        Served.start(
            Served.builder(A2aServerTests::answer).settings(settings, name -> name + "-secret"))) {
      assertThat(set.server.url()).isEqualTo("https://example.com/a2a");
      assertThat(set.get("/tasks").statusCode()).isEqualTo(401);
      assertThat(Served.json(set.get("/.well-known/agent-card.json")).containsKey("url")).isTrue();
    }
    assertThatThrownBy(() -> A2aServer.builder().settings(settings, name -> null))
        .isInstanceOf(A2aException.class)
        .hasMessageContaining("ACME_TOKEN is not set");
  }

  @Test
  void requiresExtensions() {
    AgentCard card =
        Served.card().toBuilder()
            .capabilities(
                new AgentCapabilities(
                    false,
                    false,
                    true,
                    List.of(new AgentCapabilities.Extension("urn:x", null, true, Map.of()))))
            .build();
    A2aServer.Builder builder =
        A2aServer.builder().agent(A2aAgent.of("strict", card, A2aServerTests::answer));
    try (Served strict = Served.start(builder)) {
      Map<String, Object> body = Map.of("message", message(newId(), "hi"));
      assertThat(strict.post("/message:send", body).body()).contains("EXTENSION_SUPPORT_REQUIRED");
      assertThat(
              strict
                  .exchange(
                      strict
                          .request("/message:send")
                          .header("A2A-Extensions", "urn:y, urn:x")
                          .POST(java.net.http.HttpRequest.BodyPublishers.ofString(Json.write(body)))
                          .build())
                  .statusCode())
          .isEqualTo(200);
      assertThat(strict.post("/message:stream", body).body()).contains("UNSUPPORTED_OPERATION");
      assertThat(strict.get("/tasks/x/pushNotificationConfigs").body())
          .contains("PUSH_NOTIFICATION_NOT_SUPPORTED");
      assertThat(strict.get("/extendedAgentCard").body())
          .contains("EXTENDED_AGENT_CARD_NOT_CONFIGURED");
    }
  }
}
