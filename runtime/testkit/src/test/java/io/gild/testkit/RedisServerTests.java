package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerTests {

  @TempDir Path folder;

  @Test
  void keepsItsDataWhenItIsKilled() throws IOException {
    try (RedisServer server = RedisServer.start(folder)) {
      int port = server.port();
      assertThat(server.command("SET name Ann")).isEqualTo("+OK");
      server.kill();
      assertThatThrownBy(() -> server.command("PING")).isInstanceOf(IOException.class);

      server.restart();

      assertThat(server.command("GET name")).isEqualTo("Ann");
      assertThat(server.command("GET other")).isEqualTo("$-1");
      assertThat(server.url()).isEqualTo("redis://127.0.0.1:" + port);
    }
  }

  @Test
  void takesOptions() throws IOException {
    try (RedisServer server = RedisServer.start(folder, "--requirepass", "secret")) {
      assertThat(server.command("GET name")).startsWith("-NOAUTH");
    }
  }

  @Test
  void showsWhatAServerPrintedThatDoesNotStart() {
    RedisServer.start(folder).close(); // is skipped where there is no Redis
    assertThatThrownBy(() -> RedisServer.start(folder, "--no-such-option", "1").close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("redis-server")
        .hasMessageContaining("no-such-option");
  }

  @Test
  void endsWhenItIsClosed() {
    RedisServer server = RedisServer.start(folder);
    server.close();

    assertThatThrownBy(() -> server.command("PING")).isInstanceOf(IOException.class);
  }
}
