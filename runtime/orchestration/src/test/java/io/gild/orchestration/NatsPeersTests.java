package io.gild.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.coordination.Broker;
import io.gild.testkit.NatsServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers in JVMs of their own, over NATS. */
class NatsPeersTests {

  @TempDir Path folder;

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (Process each : processes) {
      each.destroyForcibly().waitFor();
    }
  }

  private void start(NatsServer server, String name, double score) throws IOException {
    Process peer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                PeerProcess.class.getName(),
                server.url(),
                name,
                String.valueOf(score))
            .redirectError(folder.resolve(name + ".txt").toFile())
            .start();
    processes.add(peer);
    BufferedReader out = peer.inputReader();
    String line = out.readLine();
    assertThat(line).as(Files.readString(folder.resolve(name + ".txt"))).isEqualTo("ready");
  }

  @Test
  void awardsTheNextPeerWhenTheJvmOfTheBestDies() throws Exception {
    try (NatsServer server = NatsServer.start(Files.createDirectories(folder.resolve("nats")))) {
      start(server, "fragile", 9);
      start(server, "steady", 1);
      try (Broker broker = PeerProcess.open(server.url())) {
        BrokerPeers peers =
            BrokerPeers.of(broker, PeerProcess.TOPIC)
                .withBidTime(Duration.ofSeconds(20))
                .withWorkTime(Duration.ofSeconds(5))
                .withEnoughBids(2);
        PeerTask task = PeerTask.of("hello");
        assertThat(peers.bids(task)).extracting(PeerBid::peer).containsExactly("fragile", "steady");
        PeerResult result = peers.award(task);
        assertThat(result.peer()).isEqualTo("steady");
        assertThat(result.text()).isEqualTo("hello by steady");
        assertThat(processes.get(0).waitFor()).isEqualTo(1);
      }
    }
  }
}
