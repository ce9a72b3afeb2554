package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusEndpointTests {

  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OF_PROMETHEUS =
      "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
          + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

  private final HttpClient client = HttpClient.newHttpClient();
  private PrometheusEndpoint endpoint;
  private GildRuntime runtime;

  @BeforeEach
  void start() throws IOException {
    endpoint = PrometheusEndpoint.start(null, 0, Duration.ofMillis(500));
    runtime = TestRuntime.with(Telemetry.of(endpoint.registry()));
    GovernedMethod agent = runtime.method(TestRuntime.spec(CallKind.AGENT, "support", "answer"));
    agent.call(null, arguments -> "answer", "question");
  }

  @EnabledOnOs(OS.LINUX) // elsewhere the loopback interface has one address
  @Test
  void listensOnTheAddressThatIsSet() throws Exception {
    PrometheusEndpoint other = PrometheusEndpoint.start("127.0.0.2", 0, Duration.ofSeconds(1));
    try {
      assertThat(other.url()).startsWith("http://127.0.0.2:");
      HttpRequest request = HttpRequest.newBuilder(URI.create(other.url())).build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    } finally {
      other.close();
    }
  }

  @Test
  void reportsAHostThatDoesNotExist() {
    assertThatThrownBy(() -> PrometheusEndpoint.start("no.such.invalid", 0, Duration.ofSeconds(1)))
        .isInstanceOf(UnknownHostException.class);
  }

  @AfterEach
  void end() {
    runtime.close();
    endpoint.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        OF_PROMETHEUS + "|" + OPEN_METRICS,
        "application/openmetrics-text|" + OPEN_METRICS,
        "application/openmetrics-text;q=0.1,text/plain|" + TEXT,
        "application/openmetrics-text;version=0.0.1|" + TEXT,
        "application/openmetrics-text;q=0|" + TEXT,
        "application/openmetrics-text;q=many|" + TEXT,
        "text/plain|" + TEXT,
        "*/*|" + TEXT,
        "application/json|" + TEXT,
      })
  void answersInTheFormatThatTheScraperPrefers(String accept, String expected) throws Exception {
    HttpResponse<String> answer = send("", "Accept", accept);

    assertThat(answer.headers().firstValue("Content-Type")).hasValue(expected);
    assertThat(answer.body().endsWith("# EOF\n")).isEqualTo(expected.equals(OPEN_METRICS));
    assertThat(answer.body()).contains("gild_agent_requests_total{agent=\"support\"");
  }

  @Test
  void writesTheNamedMetricsAlone() throws Exception {
    String body =
        send("?name[]=gild_agent_requests_total&name%5B%5D=gild_agent_active_requests").body();

    assertThat(body.lines().filter(line -> line.startsWith("# TYPE")))
        .containsExactlyInAnyOrder(
            "# TYPE gild_agent_requests_total counter", "# TYPE gild_agent_active_requests gauge");
    assertThat(send("?name[]=gild_agent_duration_seconds_bucket").body())
        .contains("gild_agent_duration_seconds_bucket{")
        .doesNotContain("gild_agent_requests");
    assertThat(send("?name[]=%zz&=&x&name[]=none").body()).isBlank();
  }

  @Test
  void compressesForScrapersThatAskForIt() throws Exception {
    HttpResponse<byte[]> answer =
        client.send(
            request("").header("Accept-Encoding", "deflate, gzip;q=0.8").build(),
            HttpResponse.BodyHandlers.ofByteArray());

    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    String text =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes(),
            StandardCharsets.UTF_8);
    assertThat(text).contains("gild_agent_requests_total{");
    assertThat(send("", "Accept-Encoding", "gzip;q=0").headers().firstValue("Content-Encoding"))
        .isEmpty();
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("").method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
  }

  @Test
  void refusesOtherMethodsAndPaths() throws Exception {
    HttpResponse<String> posted =
        client.send(
            request("").POST(HttpRequest.BodyPublishers.ofString("x")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(posted.statusCode()).isEqualTo(405);
    assertThat(posted.headers().firstValue("Allow")).hasValue("GET, HEAD");
    assertThat(send("/more").statusCode()).isEqualTo(404);
    assertThat(send("s").body()).contains("/metrics");
  }

  @Test
  void disconnectsThoseThatDoNotSendTheirRequest() throws Exception {
    List<Socket> stuck = new ArrayList<>();
    try {
      for (int i = 0; i < 15; i++) {
        Socket socket = socket();
        stuck.add(socket);
        socket.getOutputStream().write("GET /metr".getBytes(StandardCharsets.UTF_8));
      }
      assertThat(send("").statusCode()).isEqualTo(200);
      for (Socket socket : stuck) {
        socket.setSoTimeout(20_000);
        assertThat(socket.getInputStream().readAllBytes()).isEmpty();
      }
    } finally {
      for (Socket socket : stuck) {
        socket.close();
      }
    }
  }

  @Test
  void disconnectsThoseThatNeverRead() throws Exception {
    try (Socket socket = socket()) {
      byte[] request = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8);
      Thread asker =
          new Thread(() -> {
            try {
              while (true) {
                socket.getOutputStream().write(request); // fails once the endpoint disconnects
              }
            } catch (IOException disconnected) {
              // the end of the test
            }
          });
      asker.start();
      assertThat(send("").statusCode()).isEqualTo(200);
      asker.join(20_000);
      assertThat(asker.isAlive()).isFalse();
    }
    assertThat(send("").statusCode()).isEqualTo(200);
  }

  private Socket socket() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), URI.create(endpoint.url()).getPort());
  }

  private HttpRequest.Builder request(String suffix) {
    return HttpRequest.newBuilder(
            URI.create(
                endpoint.url()
                    + suffix.replace("[", "%5B").replace("]", "%5D").replace("%zz", "%25zz")))
        .timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<String> send(String suffix, String... headers) throws Exception {
    HttpRequest.Builder request = request(suffix);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
