package io.gild.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.PolicyTree;
import io.gild.config.Usage;
import io.gild.core.CallEnded;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.MethodSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlServerTests {

  private static final String TOKEN = "a-long-token";

  @TempDir private Path folder;
  private final RecentCalls calls = new RecentCalls(3);
  private ControlServer server;

  @BeforeEach
  void start() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    server = start(new ControlSettings(0, token, 3));
  }

  private ControlServer start(ControlSettings settings) throws IOException {
    return ControlServer.start(
        settings,
        0,
        folder,
        new ControlRoutes(calls, new Rollouts(folder.resolve("rollouts")), name -> null));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> send(String method, String path, String token) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static CallEnded call(String agent) {
    MethodSpec method =
        new MethodSpec(
            CallKind.AGENT,
            agent,
            "2",
            "com.acme.Desk",
            "answer",
            "()V",
            List.of(),
            Effect.NONE,
            PolicyTree.empty());
    return new CallEnded(
        method,
        1,
        CallEnded.Outcome.SUCCEEDED,
        1,
        Duration.ofMillis(250),
        Usage.of(10, 5),
        2_000_000,
        "",
        false);
  }

  @Test
  void needsTheTokenForAllButItsHealth() throws Exception {
    assertThat(send("GET", "/v1/health", "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/v1/rollouts", "").statusCode()).isEqualTo(401);
    assertThat(send("GET", "/v1/rollouts", TOKEN + "x").statusCode()).isEqualTo(401);
    assertThat(send("POST", "/v1/rollouts/a/start", "").statusCode()).isEqualTo(401);
    assertThat(send("GET", "/v1/rollouts", TOKEN).statusCode()).isEqualTo(200);
  }

  @Test
  void showsRecentCallsAsNumbers() throws Exception {
    calls.add(call("a"));
    calls.add(call("b"));
    assertThat(send("GET", "/v1/calls?after=1", TOKEN).body())
        .contains("\"next\":2", "\"lost\":0", "\"agent\":\"b\"", "\"version\":\"2\"")
        .contains("\"seconds\":0.25", "\"outcome\":\"succeeded\"", "\"usd\":0.002", "\"tokens\":15")
        .doesNotContain("\"agent\":\"a\"");
  }

  @Test
  void countsTheCallsThatMadeRoom() throws Exception {
    for (int i = 0; i < 5; i++) {
      calls.add(call("agent-" + i));
    }
    assertThat(send("GET", "/v1/calls?after=1", TOKEN).body())
        .contains("\"next\":5", "\"lost\":1")
        .doesNotContain("agent-1");
  }

  @Test
  void takesRequestsToRollouts() throws Exception {
    assertThat(send("POST", "/v1/rollouts/a/start", TOKEN).statusCode()).isEqualTo(202);
    assertThat(new RolloutFolder(folder.resolve("rollouts")).requests("a", 0)).hasSize(1);
    assertThat(send("POST", "/v1/rollouts/a/pause", TOKEN).body()).contains("has not started");
    assertThat(send("POST", "/v1/rollouts/a/stop", TOKEN).body()).contains("promote-fully");
    assertThat(send("GET", "/v1/rollouts/a/verdict", TOKEN).statusCode()).isEqualTo(404);
    assertThat(send("POST", "/v1/rollouts/..%2F..%2Fetc/start", TOKEN).statusCode())
        .as("a name that is no file name")
        .isBetween(400, 499);
  }

  @Test
  void keepsAddressAndTokenInAFileOfItsOwner() throws Exception {
    Path file = folder.resolve("control").resolve(ProcessHandle.current().pid() + ".json");
    assertThat(Files.readString(file)).contains(server.url(), TOKEN);
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    server.close();
    assertThat(file).doesNotExist();
  }

  @Test
  void hasAFileForEachEndpointAndForgetsThoseOfEndedProcesses() throws Exception {
    Path control = folder.resolve("control");
    Path old = Files.writeString(control.resolve("999999999.json"), "{}");
    ControlServer second = start(new ControlSettings(0, null, 3));
    try (Stream<Path> files = Files.list(control)) {
      assertThat(files).hasSize(2).doesNotContain(old);
    }
    second.close();
    assertThat(control.resolve(ProcessHandle.current().pid() + ".json")).exists();
  }

  @Test
  void rejectsAnEmptyTokenFile() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    assertThatThrownBy(() -> start(new ControlSettings(0, empty, 3)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must hold a token");
  }
}
