package io.gild.a2a.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.a2a.A2aException;
import io.gild.a2a.Delegations;
import io.gild.a2a.serve.ServedObject;
import io.gild.a2a.server.A2aServer;
import io.gild.config.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DelegationsTests {

  /** Passes each question on to itself. */
  public static final class Circle {

    private final AtomicInteger asked = new AtomicInteger();
    private String url = "";

    public String answer(String question) {
      asked.incrementAndGet();
      return A2aClient.builder(url).build().ask(question);
    }
  }

  @Test
  void endsAgentsThatDelegateInACircle() throws Exception {
    Circle circle = new Circle();
    try (A2aServer server =
        A2aServer.builder()
            .agent(
                ServedObject.agent(
                    "circle", "d", circle, Circle.class.getMethod("answer", String.class)))
            .start()) {
      circle.url = server.url();
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> A2aClient.builder(server.url()).build().ask("hi"))
          .isInstanceOf(A2aTaskEnded.class);
      assertThat(circle.asked).hasValue(Delegations.MOST);
    }
  }

  /** Returns whether its caller's task may be passed on. */
  static class Clerk {

    public boolean mayPassOn(String question) {
      try {
        Delegations.require("other");
        return true;
      } catch (A2aException circle) {
        return false;
      }
    }
  }

  @Test
  void countsWhatHeadersOrMetadataSay() throws Exception {
    try (A2aServer server =
        A2aServer.builder()
            .agent(
                ServedObject.agent(
                    "clerk", "d", new Clerk(), Clerk.class.getMethod("mayPassOn", String.class)))
            .start()) {
      assertThat(ask(server, "", "")).contains("true");
      assertThat(ask(server, "16", "")).contains("false");
      assertThat(ask(server, "", "16")).contains("false");
      assertThat(ask(server, "16", "1")).as("the metadata wins").contains("true");
    }
  }

  private static String ask(A2aServer server, String header, String metadata) throws Exception {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put(
        "message",
        Map.of(
            "messageId",
            UUID.randomUUID().toString(),
            "role",
            "ROLE_USER",
            "parts",
            List.of(Map.of("text", "hi"))));
    params.put("metadata", metadata.isEmpty() ? Map.of() : Map.of("gild-delegations", metadata));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/message:send"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(params)));
    if (!header.isEmpty()) {
      request.header("Gild-Delegations", header);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
