package io.gild.a2a.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.a2a.A2aArtifact;
import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aEvent;
import io.gild.a2a.A2aException;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.A2aPushConfig;
import io.gild.a2a.A2aTask;
import io.gild.a2a.A2aTaskState;
import io.gild.a2a.A2aVersion;
import io.gild.a2a.AgentCapabilities;
import io.gild.a2a.AgentCard;
import io.gild.a2a.AgentInterface;
import io.gild.a2a.server.A2aAgent;
import io.gild.a2a.server.A2aExchange;
import io.gild.a2a.server.A2aServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class A2aClientTests {

  /** How the agent's card says that it is called. */
  enum Binding {
    JSON_RPC(AgentInterface.JSON_RPC, A2aVersion.V1_0),
    HTTP_JSON(AgentInterface.HTTP_JSON, A2aVersion.V1_0),
    OLD(AgentInterface.JSON_RPC, A2aVersion.V0_3);

    private final String name;
    private final A2aVersion version;

    Binding(String name, A2aVersion version) {
      this.name = name;
      this.version = version;
    }
  }

  private final CountDownLatch never = new CountDownLatch(1);
  private A2aServer server;

  @AfterEach
  void stop() {
    never.countDown();
    if (server != null) {
      server.close();
    }
  }

  private A2aClient client(Binding binding) throws Exception {
    server =
        A2aServer.builder()
            .agent(A2aAgent.of("desk", AgentCard.builder("desk", "d").build(), this::answer))
            .start();
    AgentCard card =
        AgentCard.builder("desk", "d")
            .capabilities(new AgentCapabilities(true, true, false, List.of()))
            .interfaces(List.of(AgentInterface.of(server.url(), binding.name, binding.version)))
            .build();
    int port = server.port();
    server.close();
    server = A2aServer.builder().port(port).agent(A2aAgent.of("desk", card, this::answer)).start();
    return A2aClient.builder(server.url()).build();
  }

  private void answer(A2aExchange exchange) throws Exception {
    String text = ((A2aPart.Text) exchange.message().parts().get(0)).text();
    switch (text) {
      case "chunks" -> {
        exchange.working();
        exchange.artifact(A2aArtifact.of("r", List.of(A2aPart.text("a"))), false, false);
        exchange.artifact(A2aArtifact.of("r", List.of(A2aPart.text("b"))), true, true);
        exchange.complete(null);
      }
      case "fail" -> exchange.fail(A2aMessage.ofAgent("no paper"));
      case "message" -> exchange.reply(A2aMessage.ofAgent("hello"));
      case "endless" -> {
        exchange.working();
        never.await();
      }
      default -> exchange.complete(A2aMessage.ofAgent("answer to " + text));
    }
  }

  @ParameterizedTest
  @EnumSource(Binding.class)
  void asksAndIsAnswered(Binding binding) throws Exception {
    A2aClient client = client(binding);
    assertThat(client.ask("me")).isEqualTo("answer to me");
    assertThat(client.ask("chunks")).isEqualTo("ab");
    assertThat(client.ask("message")).isEqualTo("hello");
    assertThatThrownBy(() -> client.ask("fail"))
        .isInstanceOf(A2aTaskEnded.class)
        .hasMessageContaining("no paper");
  }

  @ParameterizedTest
  @EnumSource(Binding.class)
  void passesOnTheEventsOfAStream(Binding binding) throws Exception {
    A2aClient client = client(binding);
    List<A2aEvent> events = new ArrayList<>();
    A2aTaskState last = client.stream(A2aMessage.ofUser("chunks"), events::add);
    assertThat(last).isEqualTo(A2aTaskState.COMPLETED);
    assertThat(events.get(0)).isInstanceOf(A2aTask.class);
    assertThat(events).hasSizeGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(Binding.class)
  void followsListsAndCancelsTasks(Binding binding) throws Exception {
    A2aClient client = client(binding);
    A2aTask task = (A2aTask) client.begin(A2aMessage.ofUser("endless"));
    assertThat(client.get(task.id()).status().state().isTerminal()).isFalse();
    if (binding != Binding.OLD) {
      A2aTaskList page = client.list(task.contextId(), 10, "");
      assertThat(page.tasks()).extracting(A2aTask::id).containsExactly(task.id());
      assertThat(page.totalSize()).isEqualTo(1);
    }
    assertThat(client.cancel(task.id()).status().state()).isEqualTo(A2aTaskState.CANCELED);
    assertThatThrownBy(() -> client.get("none"))
        .isInstanceOfSatisfying(
            A2aException.class,
            failure -> assertThat(failure.error()).isEqualTo(A2aErrorCode.TASK_NOT_FOUND));
  }

  @ParameterizedTest
  @EnumSource(Binding.class)
  void managesPushNotifications(Binding binding) throws Exception {
    A2aClient client = client(binding);
    A2aTask task = (A2aTask) client.begin(A2aMessage.ofUser("endless"));
    A2aPushConfig config =
        new A2aPushConfig("c1", null, "https://example.com/hook", null, null, null);
    assertThat(client.createPush(task.id(), config).url()).isEqualTo("https://example.com/hook");
    assertThat(client.getPush(task.id(), "c1").url()).isEqualTo("https://example.com/hook");
    assertThat(client.listPush(task.id())).extracting(A2aPushConfig::id).containsExactly("c1");
    client.deletePush(task.id(), "c1");
    assertThat(client.listPush(task.id())).isEmpty();
    client.cancel(task.id());
  }

  @Test
  void endsAStreamInWhichNothingComes() throws Exception {
    client(Binding.JSON_RPC);
    A2aClient impatient = A2aClient.builder(server.url()).timeout(Duration.ofMillis(300)).build();
    assertThatThrownBy(() -> impatient.stream(A2aMessage.ofUser("endless"), event -> {}))
        .isInstanceOf(A2aException.class)
        .hasMessageContaining("nothing came for PT0.3S");
  }

  /** As the client of ADK 0.5 does. */
  @Test
  void answersJsonRpcAtTheOldPathOfRest() throws Exception {
    client(Binding.OLD);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/v1/message:send"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"jsonrpc":"2.0","id":"1","method":"message/send","params":{"message":
                    {"kind":"message","role":"user","messageId":"m1",
                    "parts":[{"kind":"text","text":"message"}]}}}
                    """))
            .build();
    String body =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    assertThat(body).contains("\"kind\":\"message\"").contains("hello");
  }

  @Test
  void namesAnAgentThatDoesNotAnswer() throws Exception {
    client(Binding.JSON_RPC);
    String url = server.url();
    server.close();
    assertThatThrownBy(() -> A2aClient.builder(url).build().ask("x"))
        .isInstanceOf(A2aUnavailable.class)
        .hasMessageContaining("no agent answers at " + url);
    assertThatThrownBy(() -> A2aClient.builder("ftp://x")).hasMessageContaining("ftp://x");
  }
}
