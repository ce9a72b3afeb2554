package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.operations.RolloutEvent;
import io.gild.operations.RolloutRecord;
import io.gild.operations.RolloutState;
import io.gild.operations.Rollouts;
import io.gild.testkit.Answerer;
import io.gild.testkit.ModelProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a rollout: an unmodified agent in two JVMs, HAProxy, and the command. */
class RolloutTests {

  private static final long MOST_SECONDS = 90;
  private static final int PROMOTED = 0;
  private static final int ROLLED_BACK = 3;
  private static final String NAME = "support-2";

  @TempDir private Path folder;

  private final int[] ports = new int[4];
  private ModelProvider provider;
  private Process stable;
  private volatile Process canary;
  private volatile RolloutSite site;

  @BeforeEach
  void start() throws Exception {
    for (int i = 0; i < ports.length; i++) {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        ports[i] = free.getLocalPort();
      }
    }
    Files.writeString(folder.resolve("token"), "a-token-of-the-test");
    provider = ModelProvider.builder().answers(Answerer.always("Intent: oos")).start();
    stable = agent("stable", ports[0], ports[2], "gpt-4o-mini");
  }

  @AfterEach
  void end() {
    if (site != null) {
      site.close();
    }
    for (Process each : new Process[] {stable, canary}) {
      if (each != null) {
        each.destroyForcibly().onExit().join();
      }
    }
    provider.close();
  }

  private Process agent(String name, int port, int control, String model) throws Exception {
    Path own = Files.createDirectories(folder.resolve(name));
    Path settings =
        Files.writeString(
            own.resolve("gild.yaml"),
            """
            agents:
              - {match: "com.acme.support.SupportDesk#answer", name: support}
            control: {port: %d, token-file: "%s"}
            """
                .formatted(control, folder.resolve("token")));
    ProcessBuilder builder =
        new ProcessBuilder(
                Jdk.own().java(),
                "-javaagent:" + Child.agentJar() + "=config=" + settings,
                "-Dgild.data=" + own.resolve("data"),
                "-cp",
                System.getProperty("gild.support.jar"),
                "com.acme.support.SupportService",
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(own.resolve("output").toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("OPENAI_BASE_URL", provider.openAiBaseUrl());
    builder.environment().put("SUPPORT_MODEL", model);
    Process process = builder.start();
    awaitPort(process, port, own.resolve("output"));
    return process;
  }

  private static void awaitPort(Process process, int port, Path output) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException notYet) {
        assertThat(process.isAlive() && System.nanoTime() < deadline)
            .as(Files.readString(output))
            .isTrue();
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  private int rollOut(String model) throws Exception {
    canary = agent("canary", ports[1], ports[3], model);
    site = new RolloutSite(folder, ports[0], ports[1]);
    site.settings(
        """
        rollout-defaults:
          interval: 100ms
          criteria:
            error-rate: {tolerance: 0.05, min-calls: 20}
            refusal-rate: off
            latency: off
            cost: {tolerance: 0.2, min-calls: 20}
        rollouts:
          support-2:
            engine: haproxy
            stable: {version: "1"}
            canary: {version: "2"}
            traffic:
              socket: "%s"
              backend: agents
              calls:
                stable: http://127.0.0.1:%d
                canary: http://127.0.0.1:%d
                token-file: "%s"
                agent: support
            steps: [25, 50, 100]
            step-duration: 500ms
            max-step-duration: 1m
            keep-warm: 500ms
        """
            .formatted(site.socket(), ports[2], ports[3], folder.resolve("token")));
    site.call(4, Duration.ofMillis(10));
    Process controller = site.gild("controller", "start", NAME);
    try {
      assertThat(controller.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
          .as(site.printed("controller"))
          .isTrue();
      return controller.exitValue();
    } finally {
      controller.destroyForcibly();
    }
  }

  private RolloutRecord record() {
    return new Rollouts(site.data().resolve("rollouts")).find(NAME);
  }

  @Test
  void promotesAVersionThatIsAsGoodWithoutAFailedRequest() throws Exception {
    assertThat(rollOut("gpt-4o-mini")).as(site.printed("controller")).isEqualTo(PROMOTED);

    assertThat(record().events())
        .extracting(RolloutEvent::achieved)
        .containsSubsequence(2_500, 5_000, 10_000);
    assertThat(site.failures()).isEmpty();
    assertThat(site.share()).isEqualTo(10_000);
  }

  @Test
  void takesBackADearerVersionAndDrawsIt() throws Exception {
    assertThat(rollOut("gpt-4o")).as(site.printed("controller")).isEqualTo(ROLLED_BACK);

    assertThat(record().state()).isEqualTo(RolloutState.ROLLED_BACK);
    assertThat(record().reason()).contains("cost per call (each cut");
    assertThat(site.failures()).isEmpty();
    assertThat(site.share()).isZero();
    Path page = folder.resolve("page.html");
    Process history = site.gild("history", "history", NAME, "--html", page.toString());
    assertThat(history.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(site.printed("history")).contains("rolling back", "page.html");
    assertThat(Files.readString(page)).contains("<svg", "taken back: cost");
  }

  @Test
  void takesBackAVersionThatIsKilled() throws Exception {
    Thread killer = new Thread(this::killWhenItAnswers);
    killer.start();

    assertThat(rollOut("gpt-4o-mini")).as(site.printed("controller")).isEqualTo(ROLLED_BACK);

    killer.join();
    assertThat(site.share()).isZero();
    assertThat(site.failures()).as("only requests that were under way").hasSizeLessThan(5);
    List<String> others =
        site.failures().stream().filter(each -> each.startsWith("stable")).toList();
    assertThat(others).isEmpty();
  }

  private void killWhenItAnswers() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (System.nanoTime() < deadline) {
      RolloutSite opened = site;
      if (opened != null && opened.answered("canary") > 10) {
        canary.destroyForcibly();
        return;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException interrupted) {
        return;
      }
    }
  }
}
