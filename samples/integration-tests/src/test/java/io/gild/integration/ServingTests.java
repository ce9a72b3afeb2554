package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.served.ServedMain;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.A2aRole;
import io.gild.a2a.A2aTask;
import io.gild.a2a.A2aTaskState;
import io.gild.a2a.AgentCard;
import io.gild.a2a.AgentSkill;
import io.gild.a2a.client.A2aClient;
import io.gild.javaagent.Attach;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The javaagent serves methods of applications that know nothing of agents. */
class ServingTests {

  private static final long LONGEST_NANOS = 60_000_000_000L;

  private final int port = freePort();

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new IllegalStateException("no port is free", none);
    }
  }

  private String settings() throws IOException {
    return "config="
        + ConfigFile.of(
            """
            mode: enforce
            a2a:
              port: %d
              serve:
                - match: com.acme.served.ServedDesk#answer
                  name: desk
                  description: Answers questions.
                - {match: com.acme.served.Served*#ship, name: desk}
                - {match: com.acme.served.ServedDesk#hours, name: hours}
            agents:
              - match: com.acme.served.ServedDesk#answer
                name: desk
                retry: {max-attempts: 2, wait-duration: 0s}
            """
                .formatted(port));
  }

  private String url(String agent) {
    return "http://127.0.0.1:" + port + "/agents/" + agent;
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void servesTheNewestObject(Jdk jdk) throws Exception {
    try (Child child = Child.on(jdk).main(ServedMain.class).agent(settings()).start()) {
      assertThat(child.ask("load monday")).isEqualTo("open on monday");
      AgentCard card = card("desk");
      assertThat(card.description()).isEqualTo("Answers questions.");
      assertThat(card.skills()).extracting(AgentSkill::id).containsExactly("answer", "ship");
      A2aTask early = send("desk", A2aMessage.ofUser("soon"));
      assertThat(early.state()).isEqualTo(A2aTaskState.FAILED);
      assertThat(early.status().message().text())
          .isEqualTo(
              "No object of com.acme.served.ServedDesk exists yet; the application makes it.");

      assertThat(child.ask("make-default x")).isEqualTo("made");
      assertThat(child.ask("make second")).isEqualTo("made");
      // It fails at first: that it answers shows that the call is governed.
      assertThat(answer("desk", A2aMessage.ofUser("late"))).isEqualTo("second on late");
      assertThat(answer("desk", ship())).isEqualTo("second ships 3 to Ann");
      assertThat(answer("hours", A2aMessage.ofUser("sunday"))).isEqualTo("open on sunday");
      assertThat(oldAnswer("old")).isEqualTo("second on old");

      assertThat(child.ask("drop x")).isEqualTo("dropped");
      assertThat(send("desk", A2aMessage.ofUser("gone")).status().message().text())
          .isEqualTo("No object of com.acme.served.ServedDesk exists any more.");
      assertThat(child.end())
          .containsExactlyInAnyOrder(
              "[gild] serves agent desk at " + url("desk"),
              "[gild] serves agent hours at " + url("hours"),
              "[gild] a2a.serve: there are several objects of com.acme.served.ServedDesk; the"
                  + " newest one answers",
              "[gild] declared 3, woven 3");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void servesAnOlderObjectFromItsNextCallOnUntilItIsDetached(Jdk jdk) throws Exception {
    try (Child child =
        Child.on(jdk).main(ServedMain.class).flags("-XX:+EnableDynamicAgentLoading").start()) {
      assertThat(child.ask("make first")).isEqualTo("made");
      Attach.attach(child.pid(), settings());
      card("desk");
      assertThat(send("desk", A2aMessage.ofUser("early")).state()).isEqualTo(A2aTaskState.FAILED);

      assertThat(child.ask("ask own")).isEqualTo("first on own");
      assertThat(answer("desk", A2aMessage.ofUser("late"))).isEqualTo("first on late");

      Attach.attach(child.pid(), "detach");
      assertThatThrownBy(() -> get(url("desk"))).isInstanceOf(IOException.class);
      assertThat(child.ask("ask more")).as("ungoverned").isEqualTo("threw not yet");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void keepsNoClosedApplicationInMemory(Jdk jdk) throws Exception {
    try (Child child =
        Child.on(jdk).main(ServedMain.class).flags("-XX:+UseSerialGC").agent(settings()).start()) {
      assertThat(child.ask("open other")).isEqualTo("made");
      card("desk");
      assertThat(answer("desk", A2aMessage.ofUser("late"))).isEqualTo("other on late");

      assertThat(child.ask("close x")).isEqualTo("closed");
      assertThat(send("desk", A2aMessage.ofUser("gone")).state()).isEqualTo(A2aTaskState.FAILED);
      assertThat(send("hours", A2aMessage.ofUser("gone")).state()).isEqualTo(A2aTaskState.FAILED);

      assertThat(child.ask("open again")).isEqualTo("made");
      assertThat(answer("desk", A2aMessage.ofUser("new"))).isEqualTo("again on new");
      assertThat(answer("hours", A2aMessage.ofUser("sunday"))).isEqualTo("open on sunday");
    }
  }

  @Test
  void saysWhatCannotBeServed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Child child =
            Child.on(Jdk.own())
                .main(ServedMain.class)
                .agent(
                    "config="
                        + ConfigFile.of(
                            """
                            a2a:
                              port: %d
                              serve:
                                - {match: com.acme.served.ServedDesk#anser}
                                - {match: com.acme.served.ServedDesk#answer, name: desk}
                                - {match: com.acme.served.Nobody#answer, name: none}
                            """
                                .formatted(taken.getLocalPort())))
                .start()) {
      assertThat(child.ask("load monday")).isEqualTo("open on monday");

      String failed = "[gild] a2a.serve: nothing is served: cannot listen on ";
      long deadline = System.nanoTime() + LONGEST_NANOS;
      while (child.errors().stream().noneMatch(line -> line.startsWith(failed))) {
        assertThat(System.nanoTime()).as("the server's failure").isLessThan(deadline);
        Thread.sleep(20);
      }
      assertThat(child.end())
          .contains(
              "[gild] a2a.serve: com.acme.served.ServedDesk#anser is not served:"
                  + " com.acme.served.ServedDesk declares no method anser. Did you mean"
                  + " \"answer\"?",
              "[gild] declared 3, woven 1; never seen: com.acme.served.ServedDesk#anser; never"
                  + " seen: com.acme.served.Nobody#answer")
          .anyMatch(line -> line.startsWith(failed) && line.contains("" + taken.getLocalPort()));
    }
  }

  private static A2aMessage ship() {
    return A2aMessage.of(
            A2aRole.USER, List.of(A2aPart.data(Map.of("customer", "Ann", "number", 3))))
        .withMetadata(Map.of("skill", "ship"));
  }

  private String answer(String agent, A2aMessage message) {
    A2aTask task = send(agent, message);
    assertThat(task.state()).as(task.toString()).isEqualTo(A2aTaskState.COMPLETED);
    return A2aClient.text(task);
  }

  private A2aTask send(String agent, A2aMessage message) {
    return (A2aTask) A2aClient.builder(url(agent)).build().send(message);
  }

  /** Asks in version 0.3. */
  private String oldAnswer(String question) throws Exception {
    String body =
        """
        {"jsonrpc": "2.0", "id": 1, "method": "message/send", "params": {"message":
          {"messageId": "7", "role": "user", "parts": [{"kind": "text", "text": "%s"}]}}}
        """
            .formatted(question);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url("desk")))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    JsonNode reply =
        new ObjectMapper()
            .readTree(
                HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body());
    return reply.at("/result/artifacts/0/parts/0/text").asText();
  }

  /** Waits for the server, which starts in the background, and reads a card. */
  private AgentCard card(String agent) throws Exception {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    while (true) {
      try {
        get(url(agent) + "/.well-known/agent-card.json");
        return A2aClient.builder(url(agent)).build().card();
      } catch (IOException notYet) {
        if (System.nanoTime() > deadline) {
          throw notYet;
        }
        Thread.sleep(20);
      }
    }
  }

  private static void get(String url) throws IOException, InterruptedException {
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(),
            HttpResponse.BodyHandlers.discarding());
  }
}
