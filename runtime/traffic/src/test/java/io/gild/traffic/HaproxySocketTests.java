package io.gild.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HaproxySocketTests {

  @TempDir Path folder;

  private ServerSocketChannel listener;
  private HaproxySocket socket;

  @BeforeEach
  void listen() throws Exception {
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(folder.resolve("api.sock")));
    socket = new HaproxySocket("unix@api.sock", folder, Duration.ofMillis(200));
  }

  @AfterEach
  void close() throws Exception {
    listener.close();
  }

  /** Answers one exchange with a text. */
  private void answer(String text) {
    Thread server =
        new Thread(() -> {
          try (SocketChannel channel = listener.accept()) {
            channel.read(ByteBuffer.allocate(10_000));
            channel.write(StandardCharsets.UTF_8.encode(text));
          } catch (Exception failure) {
            throw new AssertionError(failure);
          }
        });
    server.start();
  }

  @Test
  void returnsTheAnswerAndTheLevel() throws Exception {
    answer("one\n\nadmin\n\n");

    assertThat(socket.ask(List.of("get weight a/b")))
        .isEqualTo(new HaproxySocket.Answer("one\n\n", "admin"));
  }

  @Test
  void reportsAnIncompleteAnswer() {
    answer("# pxname,svname\nagents,sta");

    assertThatThrownBy(() -> socket.ask(List.of("show stat")))
        .hasMessageContaining("an incomplete answer of 26 characters to \"show stat\"");
  }

  @Test
  void givesUpASocketThatNeverAnswers() {
    assertThatThrownBy(() -> socket.ask(List.of("show stat")))
        .hasMessageContaining("did not answer within PT0.2S");
  }

  @Test
  void endsWhenItsThreadIsInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> socket.ask(List.of("show stat"))).hasMessageContaining("Interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/run/haproxy.sock, /run/haproxy.sock",
    "unix@/run/a:1/h.sock, /run/a:1/h.sock",
    "127.0.0.1:9999, 127.0.0.1:9999",
    "ipv4@127.0.0.1:9999, 127.0.0.1:9999",
    "[::1]:9999, [::1]:9999",
  })
  void readsAddresses(String text, String name) {
    assertThat(new HaproxySocket(text, folder, Duration.ofSeconds(1)).name()).isEqualTo(name);
  }
}
