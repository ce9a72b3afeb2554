package io.gild.a2a.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.a2a.server.A2aAgent;
import io.gild.a2a.server.A2aServer;
import io.gild.config.Json;
import io.gild.core.MethodSpec;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServedObjectTests {

  enum State {
    OPEN,
    SHIPPED
  }

  record Order(int customer, State state) {}

  static class Desk {

    public String answer(String customer, String conversation, String question) {
      return customer + "/" + (conversation.isEmpty() ? "none" : "session") + "/" + question;
    }

    public List<Order> orders(int customer, State state) {
      return List.of(new Order(customer, state));
    }

    public Stream<String> count(String text) {
      return Stream.of("one", " two", " " + text);
    }

    public CompletionStage<String> later(String text) {
      return CompletableFuture.supplyAsync(() -> "later " + text);
    }

    public String breaks(String text) {
      throw new IllegalStateException("password=" + text);
    }
  }

  /** What a wrapper is: a subclass of the class that is described. */
  static final class Desk_Gild extends Desk {}

  private A2aServer server;

  @BeforeEach
  void start() throws Exception {
    server = A2aServer.builder().agent(ServedObject.agent(new Desk_Gild())).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Map<?, ?> send(String message) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/message:send"))
            .header("A2A-Version", "1.0")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"message\":" + message + "}"))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    Map<?, ?> body = (Map<?, ?>) Json.read(response.body());
    assertThat(body.get("task")).as(response.body()).isNotNull();
    return (Map<?, ?>) body.get("task");
  }

  private static String message(String parts, String metadata) {
    return "{\"messageId\":\""
        + System.nanoTime()
        + "\",\"role\":\"ROLE_USER\",\"parts\":["
        + parts
        + "],\"metadata\":"
        + metadata
        + "}";
  }

  private static String state(Map<?, ?> task) {
    return String.valueOf(((Map<?, ?>) task.get("status")).get("state"));
  }

  private static List<Object> results(Map<?, ?> task) {
    List<Object> results = new ArrayList<>();
    for (Object artifact : (List<?>) task.get("artifacts")) {
      for (Object part : (List<?>) ((Map<?, ?>) artifact).get("parts")) {
        Map<?, ?> map = (Map<?, ?>) part;
        results.add(map.containsKey("text") ? map.get("text") : map.get("data"));
      }
    }
    return results;
  }

  @Test
  void givesATextToThePromptAndFillsTenantAndSession() throws Exception {
    Map<?, ?> task = send(message("{\"text\":\"hi\"}", "{}"));
    assertThat(state(task)).isEqualTo("TASK_STATE_COMPLETED");
    assertThat(results(task)).containsExactly("/session/hi");
  }

  @Test
  void convertsDataToArgumentsAndAResultToData() throws Exception {
    Map<?, ?> task =
        send(
            message(
                "{\"data\":{\"customer\":7,\"state\":\"SHIPPED\"}}",
                "{\"skill\":\"list-orders\"}"));
    assertThat(results(task).toString()).isEqualTo("[{result=[{customer=7, state=SHIPPED}]}]");
  }

  @Test
  void sendsTheItemsOfAStreamAsChunks() throws Exception {
    Map<?, ?> task = send(message("{\"text\":\"three\"}", "{\"skill\":\"count\"}"));
    assertThat(results(task)).containsExactly("one", " two", " three");
  }

  @Test
  void awaitsAStage() throws Exception {
    Map<?, ?> task = send(message("{\"text\":\"x\"}", "{\"skill\":\"later\"}"));
    assertThat(results(task)).containsExactly("later x");
  }

  @Test
  void keepsTheReasonOfAFailureToItself() throws Exception {
    Map<?, ?> task = send(message("{\"text\":\"x\"}", "{\"skill\":\"breaks\"}"));
    assertThat(state(task)).isEqualTo("TASK_STATE_FAILED");
    assertThat(task.toString()).contains("The agent failed.").doesNotContain("password");
  }

  @Test
  void rejectsWhatDoesNotFit() throws Exception {
    Map<?, ?> unknown = send(message("{\"text\":\"x\"}", "{\"skill\":\"cuont\"}"));
    assertThat(state(unknown)).isEqualTo("TASK_STATE_REJECTED");
    assertThat(unknown.toString()).contains("Did you mean \"count\"?");
    Map<?, ?> missing = send(message("{\"data\":{\"customer\":7}}", "{\"skill\":\"list-orders\"}"));
    assertThat(missing.toString()).contains("needs the argument state");
    Map<?, ?> wrong =
        send(
            message(
                "{\"data\":{\"customer\":\"seven\",\"state\":\"OPEN\"}}",
                "{\"skill\":\"list-orders\"}"));
    assertThat(wrong.toString()).contains("The argument customer does not fit");
    Map<?, ?> tenant =
        send(message("{\"data\":{\"customer\":\"other\",\"question\":\"x\"}}", "{}"));
    assertThat(tenant.toString()).contains("has no argument \"customer\"");
  }

  @Test
  void servesAMethodOfWhichNothingIsDeclared() throws Exception {
    A2aAgent agent =
        ServedObject.agent(
            "upper", "Writes capitals", "gold", String.class.getMethod("concat", String.class));
    try (A2aServer other = A2aServer.builder().agent(agent).start()) {
      server.close();
      server = other;
      assertThat(results(send(message("{\"text\":\"en\"}", "{}")))).containsExactly("golden");
    }
  }

  /** Takes whatever a message has. */
  static class Form {
    public String fill(Map<String, Object> input) {
      return input.toString();
    }
  }

  @Test
  void givesTheDataOfAMessageToAnOnlyMap() throws Exception {
    Method fill = Form.class.getMethod("fill", Map.class);
    A2aAgent agent = ServedObject.agent("form", "Fills forms", new Form(), fill);
    try (A2aServer other = A2aServer.builder().agent(agent).start()) {
      server.close();
      server = other;
      assertThat(results(send(message("{\"data\":{\"name\":\"Ann\"}}", "{}"))))
          .containsExactly("{name=Ann}");
    }
  }

  @Test
  void failsWithTheReasonWhileNothingAnswers() throws Exception {
    List<LateSkill.Found> found = new ArrayList<>();
    LateSkill late =
        () -> {
          if (found.isEmpty()) {
            throw new SkillUnavailable("No desk is open.");
          }
          return found.get(0);
        };
    A2aAgent agent =
        ServedObject.agent(
            "upper", "Writes capitals", Map.of("concat", late), Map.of("concat", "Joins texts"));
    try (A2aServer other = A2aServer.builder().agent(agent).start()) {
      server.close();
      server = other;
      Map<?, ?> early = send(message("{\"text\":\"en\"}", "{}"));
      assertThat(state(early)).isEqualTo("TASK_STATE_FAILED");
      assertThat(early.toString()).contains("No desk is open.");

      Method concat = String.class.getMethod("concat", String.class);
      found.add(
          new LateSkill.Found(
              "gold",
              concat,
              List.of(
                  new MethodSpec.Parameter("text", "java.lang.String", MethodSpec.Role.PROMPT))));
      assertThat(results(send(message("{\"text\":\"en\"}", "{}")))).containsExactly("golden");
    }
  }

  @Test
  void refusesASkillWithoutADescription() {
    assertThatThrownBy(
            () -> ServedObject.agent("upper", "Writes", Map.of("a", () -> null), Map.of("b", "B")))
        .hasMessage(
            "each of one or more skills must have a description, but there are skills [a] and"
                + " descriptions of [b]");
  }

  @Test
  void refusesAnObjectThatHasNothingToServe() {
    assertThatThrownBy(() -> ServedObject.agent(new Object()))
        .hasMessageContaining("java.lang.Object has nothing to serve");
  }
}
