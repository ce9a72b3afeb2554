package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsServerTests {

  @TempDir Path folder;

  @Test
  void answersAgainAfterItWasKilled() throws IOException {
    try (NatsServer server = NatsServer.start(folder)) {
      int port = server.port();
      Map<?, ?> first = server.information();
      assertThat(first.get("jetstream")).isEqualTo(true);
      server.kill();
      assertThatThrownBy(server::information).isInstanceOf(IOException.class);

      server.restart();

      assertThat(server.information().get("server_id")).isNotEqualTo(first.get("server_id"));
      assertThat(server.url()).isEqualTo("nats://127.0.0.1:" + port);
    }
  }

  @Test
  void takesOptions() throws IOException {
    try (NatsServer server = NatsServer.start(folder, "--auth", "secret")) {
      assertThat(server.information().get("auth_required")).isEqualTo(true);
    }
  }

  @Test
  void showsWhatAServerPrintedThatDoesNotStart() {
    NatsServer.start(folder).close(); // is skipped where there is no NATS
    assertThatThrownBy(() -> NatsServer.start(folder, "--no-such-option").close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nats-server")
        .hasMessageContaining("no-such-option");
  }

  @Test
  void endsWhenItIsClosed() {
    NatsServer server = NatsServer.start(folder);
    server.close();

    assertThatThrownBy(server::information).isInstanceOf(IOException.class);
  }
}
