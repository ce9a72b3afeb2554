package io.gild.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallerTests {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final HttpCaller caller = new HttpCaller();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/half",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write(new byte[10]);
          exchange.getResponseBody().flush();
          try {
            end.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
    server.createContext(
        "/huge",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
              exchange.getResponseBody().write(part);
            }
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  @Test
  void waitsForAWholeBodyNoLongerThanTheTimeout() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> caller.get(at("/half?key=secret"), Duration.ofMillis(300)))
        .withMessageEndingWith("/half did not answer within 300ms");
  }

  @Test
  void rejectsABodyThatIsTooLong() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> caller.get(at("/huge"), LONG))
        .withMessageContaining("longer than");
  }

  @Test
  void namesAConnectionThatIsRefused() {
    URI address = at("/half");
    server.stop(0);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> caller.get(address, LONG))
        .withMessageContaining("connection refused");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h:1,       /a,      http://h:1/a",
    "http://h:1/,      /a,      http://h:1/a",
    "http://h/base//,  /a?b=c,  http://h/base/a?b=c",
    "http://h/base?x,  /,       http://h/base/",
  })
  void joinsAddressAndPath(String base, String path, String joined) {
    assertThat(Addresses.join(URI.create(base), path)).hasToString(joined);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8080", "ftp://h", "http://", "http://me:secret@h", "a b"})
  void rejectsAnAddressThatIsNoneOfHttp(String text) {
    assertThatThrownBy(() -> Addresses.read(text, "smoke.url"))
        .isInstanceOf(SmokeException.class)
        .hasMessageStartingWith("smoke.url must be an http or https address")
        .message()
        .doesNotContain("secret");
  }
}
