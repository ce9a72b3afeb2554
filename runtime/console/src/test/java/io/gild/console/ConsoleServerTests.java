package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import io.gild.config.Settings;
import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleServerTests {

  @TempDir Path data;
  private final List<GildRuntime> runtimes = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();

  private GildRuntime runtime(String... settings) {
    GildRuntime runtime = Calls.runtime(data, settings);
    runtimes.add(runtime);
    return runtime;
  }

  private static String base(GildRuntime runtime) {
    String url = Calls.console(runtime).url();
    return url.substring(0, url.indexOf('/', "http://".length()));
  }

  @AfterEach
  void end() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    runtimes.forEach(GildRuntime::close);
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError(what + " did not happen");
      }
      Thread.sleep(10);
    }
  }

  /** Sends a request with any headers, which the JDK's client does not allow. */
  private Socket send(String base, String path, String... headers) throws IOException {
    URI uri = URI.create(base);
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
    sockets.add(socket);
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    socket
        .getOutputStream()
        .write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private String status(String base, String path, String... headers) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                send(base, path, headers).getInputStream(), StandardCharsets.UTF_8));
    return String.valueOf(reader.readLine());
  }

  @Test
  void refusesForeignHostsAndOrigins() throws Exception {
    String base = base(runtime());
    String port = ":" + URI.create(base).getPort();
    assertThat(status(base, "/v1/state", "Host: localhost" + port)).contains("200");
    assertThat(status(base, "/v1/state", "Host: [::1]" + port)).contains("200");
    assertThat(status(base, "/v1/state", "Host: evil.example" + port)).contains("403");
    assertThat(status(base, "/", "Host: evil.example" + port)).contains("403");
    assertThat(status(base, "/v1/state", "Host: localhost:1")).contains("403");
    assertThat(status(base, "/v1/state", "Host: localhost" + port, "Origin: http://evil.example"))
        .contains("403");
    assertThat(status(base, "/v1/state", "Host: localhost" + port, "Origin: null")).contains("403");
    assertThat(
            status(base, "/v1/state", "Host: localhost" + port, "Origin: http://localhost" + port))
        .contains("200");
  }

  @Test
  void letsABrowserRunTheOwnPageAlone() throws Exception {
    HttpResponse<String> page = Http.get(base(runtime()) + "/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy ->
            assertThat(policy)
                .startsWith("default-src 'none'; script-src 'sha256-")
                .doesNotContain("unsafe"));
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    assertThat(page.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void requiresTheTokenWhereItIsAskedFor() throws Exception {
    Path file = Files.writeString(data.resolve("token"), "secret\n");
    GildRuntime runtime = runtime("  token-file: " + file);
    String base = base(runtime);
    assertThat(Http.get(base + "/").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = Http.get(base + "/v1/state");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(Http.map(Json.read(refused.body())).get("token")).isEqualTo(true);
    assertThat(Http.get(base + "/v1/stream").statusCode()).isEqualTo(401);
    assertThat(Http.get(base + "/v1/state", "Authorization", "Bearer secre").statusCode())
        .isEqualTo(401);
    assertThat(Http.get(base + "/v1/state", "Authorization", "Bearer secret").statusCode())
        .isEqualTo(200);
    assertThat(Calls.console(runtime).url()).endsWith("/#token=secret");
  }

  @Test
  void answersWrongRequestsWithARemedy() throws Exception {
    String base = base(runtime());
    assertThat(Http.get(base + "/v1/nothing").statusCode()).isEqualTo(404);
    assertThat(Http.get(base + "/v1/calls/1/2").statusCode()).isEqualTo(404);
    assertThat(Http.get(base + "/v1/calls?limit=many").body()).contains("limit must be");
    assertThat(Http.get(base + "/v1/calls?order=colour").statusCode()).isEqualTo(400);
    assertThat(Http.get(base + "/v1/cost?rows=colour").statusCode()).isEqualTo(400);
    assertThat(Http.get(base + "/v1/export?format=xml").statusCode()).isEqualTo(400);
    assertThat(Http.get(base + "/v1/golden").statusCode()).isEqualTo(200);
    assertThat(Http.get(base + "/v1/policies").statusCode()).isEqualTo(200);
  }

  @Test
  void exportsCallsForSpreadsheets() throws Exception {
    GildRuntime runtime = runtime();
    Calls.call(Calls.method(runtime, CallKind.AGENT, "=cmd()", "answer"), () -> {});
    HttpResponse<String> csv = Http.get(base(runtime) + "/v1/export?what=calls&format=csv");
    assertThat(csv.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"gild-calls.csv\"");
    assertThat(csv.body().lines()).hasSize(2);
    assertThat(csv.body()).contains("\"'=cmd()\"");
  }

  @Test
  void writesHostileNamesAsTheyAre() throws Exception {
    GildRuntime runtime = runtime();
    String hostile = "<img src=x onerror=alert(1)>\u001b[2J\r\n\u202e\"'";
    Calls.call(Calls.method(runtime, CallKind.AGENT, hostile, "answer"), () -> {});
    Map<?, ?> state = Http.json(base(runtime) + "/v1/state");
    List<?> rows = (List<?>) Http.map(state.get("agents")).get("rows");
    assertThat(Http.map(rows.get(0)).get("agent")).isEqualTo(hostile);
  }

  @Test
  void readsActionsUnlessTheyAreAllowed() throws Exception {
    GildRuntime runtime = runtime();
    assertThat(post(base(runtime), "{}").statusCode()).isEqualTo(403);
    assertThat(post(base(runtime), "{}").body()).contains("console.actions");
  }

  private static HttpResponse<String> post(String base, String body, String... headers)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
    all.addAll(List.of("X-Gild-Action", "1"));
    all.addAll(List.of(headers));
    return Http.post(base + "/v1/actions", body, all.toArray(String[]::new));
  }

  private String token() throws IOException {
    return ConsoleFile.list(data).stream().map(ConsoleFile.Entry::token).findFirst().orElseThrow();
  }

  @Test
  void changesTheModeAndWritesItToTheAuditLog() throws Exception {
    GildRuntime runtime = runtime("  actions: true", "mode: observe");
    String base = base(runtime);
    String jvm = ConsoleFile.list(data).get(0).jvm();
    String body = "{\"control\":\"" + jvm + "/mode/mode\",\"action\":\"enforce\"}";
    assertThat(post(base, body).statusCode()).isEqualTo(403);
    HttpResponse<String> done = post(base, body, "Authorization", "Bearer " + token());
    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(runtime.mode()).hasToString("ENFORCE");
    assertThat(Files.readString(data.resolve("audit/gates.jsonl")))
        .contains("\"event\":\"console\"", "\"action\":\"enforce\"", "\"user\"");
    HttpResponse<String> unknown =
        post(base, "{\"control\":\"x\",\"action\":\"y\"}", "Authorization", "Bearer " + token());
    assertThat(unknown.statusCode()).isEqualTo(400);
  }

  @Test
  void doesNothingThatItCannotAudit() throws Exception {
    GildRuntime runtime = runtime("  actions: true", "mode: observe");
    Files.writeString(data.resolve("audit"), "a file where the folder should be");
    String jvm = ConsoleFile.list(data).get(0).jvm();
    String body = "{\"control\":\"" + jvm + "/mode/mode\",\"action\":\"enforce\"}";
    HttpResponse<String> refused = post(base(runtime), body, "Authorization", "Bearer " + token());
    assertThat(refused.statusCode()).isEqualTo(500);
    assertThat(refused.body()).contains("audit log");
    assertThat(runtime.mode()).hasToString("OBSERVE");
  }

  @Test
  void streamsTheStateAndThenWhatChanged() throws Exception {
    GildRuntime runtime = runtime();
    GovernedMethod support = Calls.method(runtime, CallKind.AGENT, "support", "answer");
    BufferedReader events = stream(base(runtime), "?tail=1");
    assertThat(next(events)).isEqualTo("state");
    Calls.call(support, () -> {});
    String event = next(events);
    while (!event.equals("patch")) {
      event = next(events);
    }
    Calls.call(support, () -> {});
    while (!event.equals("calls")) {
      Calls.call(support, () -> {});
      event = next(events);
    }
  }

  private BufferedReader stream(String base, String query) throws IOException {
    Socket socket =
        send(base, "/v1/stream" + query, "Host: 127.0.0.1:" + URI.create(base).getPort());
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String next(BufferedReader events) throws IOException {
    for (String line = events.readLine(); line != null; line = events.readLine()) {
      if (line.startsWith("event: ")) {
        return line.substring("event: ".length());
      }
    }
    throw new AssertionError("the stream ended");
  }

  @Test
  void servesOthersWhileTooManyWatch() throws Exception {
    GildRuntime runtime = runtime("  clients: 3");
    String base = base(runtime);
    int refused = 0;
    int served = 0;
    for (int i = 0; i < 200; i++) {
      String line = stream(base, "").readLine();
      if (line.contains("503")) {
        refused++;
      } else {
        served++;
      }
    }
    assertThat(served).isEqualTo(3);
    assertThat(refused).isEqualTo(197);
    assertThat(Http.get(base + "/v1/state").statusCode()).isEqualTo(200);
  }

  @Test
  void forgetsClientsThatLeave() throws Exception {
    GildRuntime runtime = runtime("  clients: 1");
    String base = base(runtime);
    Socket socket = send(base, "/v1/stream", "Host: 127.0.0.1:" + URI.create(base).getPort());
    assertThat(socket.getInputStream().read()).isPositive();
    socket.close();
    GovernedMethod support = Calls.method(runtime, CallKind.AGENT, "support", "answer");
    await(
        "a place for another client",
        () -> {
          Calls.call(support, () -> {}); // a client that is gone is noticed by the next event
          try {
            return stream(base, "").readLine().contains("200");
          } catch (IOException failed) {
            throw new AssertionError(failed);
          }
        });
  }

  @Test
  void answersOthersWhileAClientDoesNotRead() throws Exception {
    GildRuntime runtime = runtime();
    String base = base(runtime);
    for (int i = 0; i < 2_000; i++) {
      Calls.method(runtime, CallKind.AGENT, "agent " + i, "answer");
    }
    for (int i = 0; i < 20; i++) {
      send(base, "/v1/state", "Host: 127.0.0.1:" + URI.create(base).getPort());
      stream(base, "");
    }
    assertThat(runtime.methods()).hasSizeGreaterThanOrEqualTo(2_000);
    await(
        "an answer",
        () -> {
          try {
            return Http.get(base + "/v1/golden").statusCode() == 200;
          } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
          }
        });
  }

  @Test
  void leavesNoThreadAndNoFileBehind() throws Exception {
    GildRuntime runtime = runtime();
    BufferedReader events = stream(base(runtime), "");
    assertThat(next(events)).isEqualTo("state");
    assertThat(ConsoleFile.list(data)).hasSize(1);
    runtime.close();
    await("the end of the console's threads", () -> threads().isEmpty());
    assertThat(ConsoleFile.list(data)).isEmpty();
  }

  private static Set<String> threads() {
    Set<String> names = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("gild-console")) {
        names.add(thread.getName());
      }
    }
    return names;
  }

  @Test
  void letsTheApplicationGoOnIfThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      GildRuntime runtime =
          GildRuntime.builder()
              .settings(
                  Settings.builder()
                      .yaml(
                          "test",
                          "data: " + data + "\nconsole: {port: " + taken.getLocalPort() + "}")
                      .build())
              .module(new ConsoleModule())
              .build();
      runtimes.add(runtime);
      Calls.call(Calls.method(runtime, CallKind.AGENT, "support", "answer"), () -> {});
      assertThat(runtime.totals()).hasSize(1);
      assertThat(ConsoleFile.list(data)).isEmpty();
    }
  }

  @Test
  void followsTheSettings() throws Exception {
    GildRuntime runtime =
        GildRuntime.builder()
            .settings(Settings.builder().yaml("test", "data: " + data).build())
            .module(new ConsoleModule())
            .build();
    runtimes.add(runtime);
    assertThat(ConsoleFile.list(data)).isEmpty();
    runtime.reload(
        Settings.builder().yaml("test", "data: " + data + "\nconsole: {port: 0}").build());
    assertThat(ConsoleFile.list(data)).hasSize(1);
    String url = ConsoleFile.list(data).get(0).url();
    assertThat(Http.get(url + "/v1/state").statusCode()).isEqualTo(200);
    runtime.reload(Settings.builder().yaml("test", "data: " + data).build());
    assertThat(ConsoleFile.list(data)).isEmpty();
    await("the end of the console's threads", () -> threads().isEmpty());
  }

  @Test
  void ignoresHalfARequest() throws Exception {
    GildRuntime runtime = runtime();
    String base = base(runtime);
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(base).getPort());
    sockets.add(socket);
    OutputStream out = socket.getOutputStream();
    out.write("GET /v1/st".getBytes(StandardCharsets.UTF_8));
    out.flush();
    assertThat(Http.get(base + "/v1/state").statusCode()).isEqualTo(200);
    InputStream in = socket.getInputStream();
    assertThat(in.available()).isZero();
  }
}
