package io.gild.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.operations.RolloutRecord;
import io.gild.operations.RolloutRunner;
import io.gild.operations.RolloutState;
import io.gild.operations.Rollouts;
import io.gild.testkit.HaproxyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Switches from a running process to one that the rollout starts, behind a real HAProxy. */
class BlueGreenTests {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir private Path folder;
  private final AgentServer stable = AgentServer.start("stable");
  private final int port = freePort();
  private HaproxyServer proxy;

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new IllegalStateException("no port is free", none);
    }
  }

  @BeforeEach
  void start() {
    proxy = HaproxyServer.start(folder, Proxies.backend(stable.port(), port));
  }

  @AfterEach
  void stop() {
    if (proxy != null) {
      proxy.close();
    }
    stable.close();
  }

  private Settings settings(String command) throws IOException {
    return Settings.load(
        Files.writeString(
            folder.resolve("gild.yaml"),
            """
            data: %s
            rollout-defaults: {interval: 50ms, silence: 20s}
            rollouts:
              support-2:
                engine: haproxy
                strategy: blue-green
                stable: {version: "1"}
                canary:
                  version: "2"
                  address: http://127.0.0.1:%d
                  start: [%s]
                  start-timeout: 20s
                traffic: {socket: %s, backend: agents}
                keep-warm: 500ms
            """
                .formatted(folder.resolve("data"), port, command, proxy.socket())));
  }

  private String command() {
    return "%s, -cp, %s, %s, canary, \"%d\""
        .formatted(
            JAVA,
            Path.of("target", "test-classes").toAbsolutePath(),
            AgentServer.class.getName(),
            port);
  }

  private static RolloutRecord run(RolloutRunner runner) throws InterruptedException {
    return runner.run(event -> {}, problem -> {}, () -> false);
  }

  @Test
  void switchesToTheProcessThatItStartsAndBackWithoutAFailedRequest() throws Exception {
    Settings settings = settings(command());
    try (Load load = Load.start(proxy.url() + "/slow", 8)) {
      try (RolloutRunner runner = RolloutRunner.open(settings, "support-2", Path.of(""))) {
        runner.start("ada");
        assertThat(run(runner).state()).isEqualTo(RolloutState.PROMOTED);
      }
      assertThat(Load.answer(proxy.url())).isEqualTo("canary");
      assertThat(load.answered("stable")).isPositive();

      try (RolloutRunner runner = RolloutRunner.open(settings, "support-2", Path.of(""))) {
        runner.ask(Rollouts.Request.ROLL_BACK, "ada", "after all");
        assertThat(run(runner).state()).isEqualTo(RolloutState.ROLLED_BACK);
      }
      assertThat(Load.answer(proxy.url())).isEqualTo("stable");
      load.end();
      assertThat(load.failures()).isEmpty();
    }
    Until.isTrue(() -> ProcessHandle.current().children().noneMatch(BlueGreenTests::isCanary));
  }

  private static boolean isCanary(ProcessHandle process) {
    return process.isAlive()
        && process.info().commandLine().orElse("").contains(AgentServer.class.getName());
  }

  @Test
  void givesNoCallToAProcessThatDoesNotStart() throws Exception {
    Settings settings = settings(JAVA + ", -cp, nowhere, com.acme.Missing");
    try (RolloutRunner runner = RolloutRunner.open(settings, "support-2", Path.of(""))) {
      runner.start("ada");
      RolloutRecord record = run(runner);
      assertThat(record.state()).isEqualTo(RolloutState.ROLLED_BACK);
      assertThat(record.reason()).contains("of the new version ended").contains("output.log");
    }
    assertThat(Files.readString(folder.resolve("data/rollouts/support-2.output.log")))
        .contains("com.acme.Missing");
    assertThat(Load.answer(proxy.url())).isEqualTo("stable");
  }
}
