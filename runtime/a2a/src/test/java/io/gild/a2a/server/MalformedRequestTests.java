package io.gild.a2a.server;

import static io.gild.a2a.server.Served.at;
import static io.gild.a2a.server.Served.await;
import static io.gild.a2a.server.Served.message;
import static io.gild.a2a.server.Served.newId;
import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MalformedRequestTests {

  private static Served served;

  @BeforeAll
  static void start() {
    served =
        Served.start(
            Served.builder(A2aHandler.answering(message -> "fine"))
                .limits(A2aLimits.ofDefaults().withMaxBodyBytes(100_000)));
  }

  @AfterAll
  static void close() {
    served.close();
  }

  private static String raw(String request) throws IOException {
    return raw(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes, ends the output, and returns all that comes back. */
  private static String raw(byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.net.SocketException reset) {
      return "";
    }
  }

  private static void assertStillServes() {
    assertThat(served.send(message(newId(), "hi")).containsKey("result")).isTrue();
  }

  private static HttpResponse<String> body(String text) {
    return served.exchange(served.request("/").POST(BodyPublishers.ofString(text)).build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\"|-32700",
        "nonsense|-32700",
        "[]|-32600",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\"}]|-32600",
        "7|-32600",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"GetTask\"}|-32600",
        "{\"id\":1,\"method\":\"GetTask\"}|-32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1}|-32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}|-32600",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"GetTask\"}|-32600",
        "{\"jsonrpc\":\"2.0\",\"method\":\"GetTask\"}|-32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"Unknown\"}|-32601",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\",\"params\":[1]}|-32602",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\",\"params\":{}}|-32602",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\",\"params\":{\"id\":[]}}|-32602",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"SendMessage\",\"params\":{}}|-32602",
      })
  void namesWhatIsWrongWithACall(String text, long code) {
    Map<?, ?> answer = Served.json(body(text));

    assertThat(at(answer, "error", "code")).as(Json.write(answer)).isEqualTo(code);
    assertThat(answer.get("jsonrpc")).isEqualTo("2.0");
  }

  @Test
  void answersWithTheIdOfTheCall() {
    assertThat(body("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"Unknown\"}").body())
        .contains("\"id\":\"a\"");
    assertThat(body("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"Unknown\"}").body())
        .contains("\"id\":1.5");
    assertThat(body("nonsense").body()).contains("\"id\":null");
  }

  @Test
  void rejectsOtherContentTypesAndVersions() {
    HttpResponse<String> plain =
        served.exchange(
            HttpRequest.newBuilder(served.uri("/"))
                .header("A2A-Version", "1.0")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"))
                .build());
    assertThat(at(Served.json(plain), "error", "code")).isEqualTo(-32005L);
    HttpResponse<String> future =
        served.exchange(
            HttpRequest.newBuilder(served.uri("/"))
                .header("A2A-Version", "99.0")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build());
    assertThat(at(Served.json(future), "error", "code")).isEqualTo(-32009L);
    HttpResponse<String> old =
        served.exchange(
            HttpRequest.newBuilder(served.uri("/tasks")).header("A2A-Version", "0.3").build());
    assertThat(old.statusCode()).isEqualTo(400);
    assertThat(old.body()).contains("VERSION_NOT_SUPPORTED", "A2A-Version: 1.0");
    assertThat(served.exchange(HttpRequest.newBuilder(served.uri("/tasks")).build()).statusCode())
        .isEqualTo(200);
    assertThat(
            served
                .exchange(HttpRequest.newBuilder(served.uri("/tasks?A2A-Version=1.0")).build())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void rejectsDeepJson() {
    String deep = "[".repeat(100_000 / 2 - 100) + "]".repeat(100_000 / 2 - 100);

    assertThat(at(Served.json(body(deep)), "error", "code")).isEqualTo(-32700L);
    assertStillServes();
  }

  @Test
  void rejectsBodiesThatAreTooLarge() {
    HttpResponse<String> fixed = body("x".repeat(200_000));
    assertThat(fixed.statusCode()).isEqualTo(413);
    assertThat(fixed.body()).contains("max-body-bytes");
    HttpResponse<String> rest =
        served.exchange(
            served
                .request("/message:send")
                .POST(BodyPublishers.ofString("x".repeat(200_000)))
                .build());
    assertThat(rest.statusCode()).isEqualTo(413);
    assertStillServes();
  }

  @Test
  void rejectsChunkedBodiesThatAreTooLarge() throws IOException {
    String chunk = "2710\r\n" + "x".repeat(10_000) + "\r\n";
    String answer =
        raw(
            "POST / HTTP/1.1\r\nHost: a\r\nA2A-Version: 1.0\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(20)
                + "0\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 413");
  }

  @Test
  void readsChunkedBodies() throws IOException {
    String json = Json.write(Served.rpc("ListTasks", Map.of()));
    String answer =
        raw(
            "POST / HTTP/1.1\r\nHost: a\r\nA2A-Version: 1.0\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "5;name=value\r\n"
                + json.substring(0, 5)
                + "\r\n"
                + Integer.toHexString(json.length() - 5)
                + "\r\n"
                + json.substring(5)
                + "\r\n0\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 200").contains("totalSize");
  }

  @Test
  void answersRequestsThatFollowEachOtherInTheirOrder() throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      requests
          .append("GET /tasks/t")
          .append(i)
          .append(" HTTP/1.1\r\nHost: a\r\nA2A-Version: 1.0\r\n\r\n");
    }
    String answers = raw(requests.toString());

    int at = -1;
    for (int i = 0; i < 50; i++) {
      int next = answers.indexOf("\\\"t" + i + "\\\"", at + 1);
      assertThat(next).as("the answer to t" + i).isGreaterThan(at);
      at = next;
    }
  }

  @Test
  void letsClientsSendTheirBody() throws IOException {
    String json = Json.write(Served.rpc("ListTasks", Map.of()));
    String answer =
        raw(
            "POST / HTTP/1.1\r\nHost: a\r\nA2A-Version: 1.0\r\nContent-Type: application/json\r\n"
                + "Expect: 100-continue\r\nContent-Length: "
                + json.length()
                + "\r\n\r\n"
                + json);

    assertThat(answer).startsWith("HTTP/1.1 100 Continue\r\n").contains("\r\n\r\nHTTP/1.1 200 OK");
  }

  @Test
  void servesHttp10() throws IOException {
    assertThat(raw("GET /.well-known/agent-card.json HTTP/1.0\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("Connection: close");
    assertThat(raw("HEAD /.well-known/agent-card.json HTTP/1.1\r\nHost: a\r\n\r\n"))
        .containsIgnoringCase("Content-Length: ")
        .endsWith("\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /\r\nHost: a\r\n\r\n",
        "G\u0000T / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
        "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
      })
  void rejectsBrokenHttp(String request) throws IOException {
    assertThat(raw(request)).startsWith("HTTP/1.1 400");
    assertStillServes();
  }

  @Test
  void rejectsEndlessHeadsAndWhatItDoesNotSpeak() throws IOException {
    assertThat(raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(500_000) + "\r\n\r\n"))
        .as("the JDK's server closes the connection")
        .isEmpty();
    assertThat(raw("GET / HTTP/2.0\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 505");
    assertThat(raw("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\nx"))
        .startsWith("HTTP/1.1 501");
    assertStillServes();
  }

  @Test
  void survivesNoise() throws IOException {
    Random random = new Random(42);
    String good = "POST / HTTP/1.1\r\nHost: a\r\nA2A-Version: 1.0\r\nContent-Length: 9\r\n\r\n";
    for (int i = 0; i < 200; i++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(
          good.substring(0, random.nextInt(good.length())).getBytes(StandardCharsets.US_ASCII));
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      bytes.writeBytes(noise);
      raw(bytes.toByteArray());
    }
    assertStillServes();
    await(() -> served.server.connections() <= 2);
  }
}
