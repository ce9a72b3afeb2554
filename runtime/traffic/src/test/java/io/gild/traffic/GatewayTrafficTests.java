package io.gild.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.gild.config.Json;
import io.gild.operations.RolloutException;
import io.gild.operations.spi.Share;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayTrafficTests {

  private static final String ROUTES =
      "/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes";

  /** Writes several lines for each request otherwise. */
  private static final Logger LOG = Logger.getLogger("io.fabric8.mockwebserver");

  @TempDir Path folder;

  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(List.of()),
          false);

  @BeforeEach
  void start() throws Exception {
    LOG.setLevel(Level.WARNING);
    server.start();
    post(route("agents", "support-v1", "support-v2"));
  }

  @AfterEach
  void stop() {
    server.shutdown();
  }

  private static String route(String name, String stable, String canary) {
    return """
    {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute",
     "metadata": {"name": "%s", "namespace": "shop", "labels": {"team": "support"}},
     "spec": {
       "parentRefs": [{"name": "gateway"}],
       "rules": [
         {"matches": [{"path": {"type": "PathPrefix", "value": "/status"}}],
          "backendRefs": [{"name": "%s", "port": 80}]},
         {"matches": [{"path": {"type": "PathPrefix", "value": "/"}}],
          "timeouts": {"request": "30s"},
          "backendRefs": [
            {"name": "%s", "port": 80, "filters": [{"type": "X"}]},
            {"name": "%s", "port": 80, "weight": 0}]}]}}
    """
        .formatted(name, stable, stable, canary);
  }

  private void post(String body) throws Exception {
    assertThat(send("POST", ROUTES, body).get("kind")).isEqualTo("HTTPRoute");
  }

  private Map<?, ?> stored() throws Exception {
    return send("GET", ROUTES + "/agents", "");
  }

  private Map<?, ?> send(String method, String path, String body) throws Exception {
    String type = method.equals("PATCH") ? "application/json-patch+json" : "application/json";
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url() + path))
                    .header("Content-Type", type)
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    return (Map<?, ?>) Json.read(response.body());
  }

  private String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  private GatewayTraffic traffic(String route, String stable, String canary) throws Exception {
    return new GatewayTraffic(
        new GatewaySettings(route, "shop", stable, canary, url(), null, null), folder);
  }

  private GatewayTraffic traffic() throws Exception {
    return traffic("agents", "support-v1", "support-v2");
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "100", "2500", "9999", "10000"})
  void setsTheWeightsOfBothServices(int share) throws Exception {
    GatewayTraffic traffic = traffic();
    traffic.check();

    Share set = traffic.set(share);

    assertThat(set).isEqualTo(new Share(share, share, "weights " + share + " of 10000 in rule 1"));
    assertThat(traffic.current(share)).isEqualTo(set);
    assertThat(Json.write(stored()))
        .contains("\"weight\":" + share)
        .contains("\"weight\":" + (10_000 - share));
  }

  @Test
  void touchesNothingButTheWeights() throws Exception {
    Map<?, ?> before = stored();

    traffic().set(2_500);

    String expected =
        Json.write(before.get("spec"))
            .replace("\"weight\":0", "\"weight\":2500")
            .replace(
                "\"filters\":[{\"type\":\"X\"}]", "\"filters\":[{\"type\":\"X\"}],\"weight\":7500");
    assertThat(Json.read(Json.write(stored().get("spec")))).isEqualTo(Json.read(expected));
    assertThat(Json.write(stored().get("metadata"))).contains("\"team\":\"support\"");
  }

  @Test
  void reportsWhatAnotherProgramSet() throws Exception {
    GatewayTraffic traffic = traffic();
    traffic.set(5_000);

    send(
        "PATCH",
        ROUTES + "/agents",
        """
        [{"op": "add", "path": "/spec/rules/1/backendRefs/0/weight", "value": 1},
         {"op": "remove", "path": "/spec/rules/1/backendRefs/1/weight"}]
        """);

    assertThat(traffic.current(5_000).note()).isEqualTo("weights 1 of 2 in rule 1");
    assertThat(traffic.set(0).achieved()).isZero();
    assertThat(traffic.set(0).achieved()).isZero();
  }

  @Test
  void namesTheNearestRouteAndService() throws Exception {
    GatewayTraffic route = traffic("agent", "support-v1", "support-v2");
    GatewayTraffic service = traffic("agents", "support-v1", "support-v3");

    assertThatThrownBy(route::check)
        .isInstanceOf(RolloutException.class)
        .hasMessage(
            "There is no HTTPRoute \"agent\" in namespace \"shop\". There is agents."
                + " Did you mean \"agents\"?");
    assertThatThrownBy(service::check)
        .hasMessageContaining("sends no requests to a service \"support-v3\"")
        .hasMessageContaining("There is support-v1, support-v2. Did you mean \"support-v");
  }

  @Test
  void reportsThatTheGatewayDoesNotServeTheRoute() throws Exception {
    String broken =
        route("broken", "support-v1", "support-v2")
            .replaceFirst(
                "\"spec\"",
                "\"status\": {\"parents\": [{\"conditions\": ["
                    + "{\"type\": \"PartiallyInvalid\", \"status\": \"False\"},"
                    + "{\"type\": \"ResolvedRefs\","
                    + " \"status\": \"False\", \"reason\": \"BackendNotFound\","
                    + " \"message\": \"no service support-v2\"}]}]}, \"spec\"");
    HttpRoute route = HttpRoute.of((Map<?, ?>) Json.read(broken), "support-v1", "support-v2");

    assertThat(route.problems())
        .containsExactly("ResolvedRefs: BackendNotFound, no service support-v2");
  }

  @Test
  void explainsAMissingPermission() throws Exception {
    try (Answers answers =
        Answers.start("403 {\"message\": \"httproutes is forbidden: cannot get\"}")) {
      assertThatThrownBy(answers.traffic(folder)::check)
          .hasMessageContaining("may not get httproutes of gateway.networking.k8s.io in namespace")
          .hasMessageContaining("Role with the verbs get and patch")
          .hasMessageContaining("httproutes is forbidden: cannot get");
    }
  }

  @Test
  void triesAgainAfterAConflict() throws Exception {
    String read = "200 " + route("agents", "support-v1", "support-v2").replace("\n", " ");
    String set = read.replace("\"weight\": 0", "\"weight\": 1");
    try (Answers answers = Answers.start(read, "409 {}", read, "422 {}", read, set)) {
      Share share = answers.traffic(folder).set(5_000);

      assertThat(share.achieved()).isEqualTo(5_000);
      assertThat(answers.requests).containsExactly("GET", "PATCH", "GET", "PATCH", "GET", "PATCH");
    }
  }

  @Test
  void givesUpAfterFiveConflicts() throws Exception {
    String read = "200 " + route("agents", "support-v1", "support-v2").replace("\n", " ");
    try (Answers answers =
        Answers.start(
            read, "409 {}", read, "409 {}", read, "409 {}", read, "409 {}", read, "409 {}")) {
      assertThatThrownBy(() -> answers.traffic(folder).set(5_000))
          .hasMessageContaining("could not be changed in 5 tries");
    }
  }

  @Test
  void readsTheTokenAgain() throws Exception {
    String read = "200 " + route("agents", "support-v1", "support-v2").replace("\n", " ");
    Path token = folder.resolve("token");
    try (Answers answers = Answers.start(read, read)) {
      Files.writeString(token, "one\n");
      GatewayTraffic traffic = answers.traffic(folder);
      traffic.current(0);
      Files.writeString(token, "two\n");
      traffic.current(0);
      Files.delete(token);

      assertThatThrownBy(() -> traffic.current(0)).hasMessageContaining("token file");
      assertThat(answers.tokens).containsExactly("Bearer one", "Bearer two");
    }
  }

  @Test
  void sendsNoTokenInPlainText() {
    GatewaySettings settings =
        new GatewaySettings("agents", "shop", "a", "b", "http://10.0.0.1:80", null, null);

    assertThatThrownBy(() -> new GatewayTraffic(settings, folder))
        .hasMessageContaining("must be the https URL");
  }

  @Test
  void namesWhatIsMissingOutsideOfAPod() {
    GatewaySettings settings = new GatewaySettings("agents", null, "a", "b", null, null, null);

    assertThatThrownBy(() -> KubernetesAddress.of(settings, folder, Map.of()))
        .hasMessageContaining("KUBERNETES_SERVICE_HOST is not set");
    assertThatThrownBy(() ->
            new GatewayTraffic(
                    new GatewaySettings(
                        "a", "b", "c", "d", "https://127.0.0.1:1", null, Path.of("ca.crt")),
                    folder)
                .check())
        .hasMessageContaining("ca-file must contain certificates as PEM");
  }

  /** An API server with prepared answers. */
  private static final class Answers implements AutoCloseable {

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();

    private Answers(String... answers) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            String answer = answers[Math.min(requests.size(), answers.length - 1)];
            requests.add(exchange.getRequestMethod());
            exchange.getRequestBody().readAllBytes();
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            if (token != null) {
              tokens.add(token);
            }
            byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
    }

    static Answers start(String... answers) throws IOException {
      return new Answers(answers);
    }

    GatewayTraffic traffic(Path folder) throws RolloutException {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      Path token = Files.exists(folder.resolve("token")) ? Path.of("token") : null;
      return new GatewayTraffic(
          new GatewaySettings("agents", "shop", "support-v1", "support-v2", url, token, null),
          folder);
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
