package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTests {

  /** A request for TLS, which a server without it answers with one byte. */
  private static final byte[] TLS = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f};

  @Test
  void survivesAKill() throws IOException {
    Path data;
    try (PostgresServer server = PostgresServer.start("log_min_messages=debug1")) {
      data = server.data();
      assertThat(server.url()).isEqualTo("jdbc:postgresql://127.0.0.1:%d/postgres", server.port());
      assertThat(answer(server.port())).isEqualTo("N");
      server.kill();
      assertThatThrownBy(() -> answer(server.port())).isInstanceOf(ConnectException.class);
      server.restart();
      assertThat(answer(server.port())).isEqualTo("N");
    }
    assertThat(data.getParent()).doesNotExist();
  }

  @Test
  void servesPgvector(@TempDir Path folder) throws IOException {
    try (PgliteServer server = PgliteServer.start(folder)) {
      String port = server.url().replaceAll(".*:(\\d+)/.*", "$1");
      assertThat(answer(Integer.parseInt(port))).isEqualTo("N");
      assertThat(Files.readString(folder.resolve("log.txt"))).contains("ready on port " + port);
    }
  }

  private static String answer(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(TLS);
      return new String(socket.getInputStream().readNBytes(1), StandardCharsets.US_ASCII);
    }
  }
}
