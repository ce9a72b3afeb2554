package io.gild.a2a.server;

import static io.gild.a2a.server.Served.message;
import static io.gild.a2a.server.Served.newId;
import static io.gild.a2a.server.Served.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.a2a.A2aException;
import io.gild.a2a.A2aJson;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.AgentCard;
import io.gild.config.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallerTests {

  private static final String ACME = "token-of-acme";
  private static final String OTHER = "key-of-other";

  private Served served;

  @BeforeEach
  void start() {
    AgentCard extended = AgentCard.builder("Test agent", "knows more").build();
    AgentCard card =
        Served.card().toBuilder()
            .capabilities(Served.card().capabilities().extendedAgentCard(true))
            .build();
    served =
        Served.start(
            A2aServer.builder()
                .agent(
                    new A2aAgent(
                        "test",
                        card,
                        extended,
                        exchange -> {
                          if (exchange.message().text().equals("ask")) {
                            exchange.requireInput(null);
                          } else if (exchange.message().text().equals("headers")) {
                            exchange.reply(
                                A2aMessage.ofAgent(
                                    exchange.header("TraceParent")
                                        + " "
                                        + exchange.header("authorization")));
                          } else {
                            exchange.complete(null);
                          }
                        }))
                .host("0.0.0.0")
                .publicUrl("https://agents.example.com/")
                .credential(new A2aCredential("acme", A2aCredential.Kind.BEARER, ACME))
                .credential(new A2aCredential("other", A2aCredential.Kind.API_KEY, OTHER)));
  }

  @AfterEach
  void close() {
    served.close();
  }

  private HttpResponse<String> as(String header, String value, String path, Object body) {
    HttpRequest.Builder request = served.request(path);
    if (!header.isEmpty()) {
      request.header(header, value);
    }
    return served.exchange(
        body == null
            ? request.GET().build()
            : request.POST(BodyPublishers.ofString(Json.write(body))).build());
  }

  private HttpResponse<String> acme(String path, Object body) {
    return as("Authorization", "bearer " + ACME, path, body);
  }

  private HttpResponse<String> other(String path, Object body) {
    return as("X-API-Key", OTHER, path, body);
  }

  @Test
  void letsNoOneInWithoutASecret() {
    for (HttpResponse<String> response :
        List.of(
            as("", "", "/tasks", null),
            as("Authorization", "Bearer wrong-token", "/tasks", null),
            as("Authorization", "Basic " + ACME, "/tasks", null),
            as("Authorization", "Bearer " + OTHER, "/tasks", null),
            as("X-API-Key", ACME, "/tasks", null),
            as("", "", "/", Served.rpc("ListTasks", Map.of())))) {
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
    }
    assertThat(acme("/tasks", null).statusCode()).isEqualTo(200);
    assertThat(other("/tasks", null).statusCode()).isEqualTo(200);
  }

  @Test
  void neverShowsATaskToAnotherTenant() {
    Map<String, Object> message = message(newId(), "ask");
    Map<?, ?> task =
        (Map<?, ?>)
            Served.at(Served.json(acme("/message:send", Map.of("message", message))), "task");
    String path = "/tasks/" + task.get("id");

    assertThat(acme(path, null).statusCode()).isEqualTo(200);
    assertThat(other(path, null).statusCode()).isEqualTo(404);
    assertThat(other(path + ":cancel", Map.of()).statusCode()).isEqualTo(404);
    assertThat(other(path + ":subscribe", null).statusCode()).isEqualTo(404);
    assertThat(other(path + "/pushNotificationConfigs", null).statusCode()).isEqualTo(404);
    assertThat(other("/tasks", null).body()).contains("\"totalSize\":0");
    assertThat(
            other(
                    "/message:send",
                    Map.of("message", message(newId(), "x", "taskId", text(task, "id"))))
                .statusCode())
        .isEqualTo(404);
    String same =
        text(Served.json(other("/message:send", Map.of("message", message))), "task", "id");
    assertThat(same).as("the same message of another tenant").isNotEqualTo(task.get("id"));
    assertThat(other("/acme/tasks", null).statusCode()).isEqualTo(403);
    assertThat(other("/other/tasks", null).statusCode()).isEqualTo(200);
  }

  @Test
  void givesAgentsTheHeadersWithoutSecrets() {
    HttpRequest request =
        served
            .request("/message:send")
            .header("Authorization", "Bearer " + ACME)
            .header("traceparent", "00-1-2-01")
            .POST(
                BodyPublishers.ofString(Json.write(Map.of("message", message(newId(), "headers")))))
            .build();

    assertThat(served.exchange(request).body()).contains("00-1-2-01 null").doesNotContain(ACME);
  }

  @Test
  void declaresItsSchemesInTheCard() {
    HttpResponse<String> response = as("", "", "/.well-known/agent-card.json", null);
    AgentCard card = A2aJson.card(Json.read(response.body()));

    assertThat(card.securitySchemes()).containsOnlyKeys("bearer", "apiKey");
    assertThat(card.security()).hasSize(2);
    assertThat(card.interfaces().get(0).url()).isEqualTo("https://agents.example.com");
    assertThat(response.body()).doesNotContain(ACME, OTHER);
  }

  @Test
  void givesTheExtendedCardToClientsThatAuthenticate() {
    assertThat(acme("/extendedAgentCard", null).body()).contains("knows more");
    assertThat(as("", "", "/extendedAgentCard", null).statusCode()).isEqualTo(401);
  }

  @Test
  void rejectsSecretsThatTwoTenantsHave() {
    A2aServer.Builder builder =
        Served.builder(A2aHandler.answering(message -> "x"))
            .credential(new A2aCredential("a", A2aCredential.Kind.BEARER, "12345678"))
            .credential(new A2aCredential("b", A2aCredential.Kind.BEARER, "12345678"));

    assertThatThrownBy(builder::start)
        .isInstanceOf(A2aException.class)
        .hasMessageContaining("must not have the same secret");
    assertThatThrownBy(() -> new A2aCredential("a", A2aCredential.Kind.BEARER, "short"))
        .hasMessageContaining("8 characters");
    assertThat(new A2aCredential("a", A2aCredential.Kind.BEARER, "12345678").toString())
        .doesNotContain("12345678");
  }
}
