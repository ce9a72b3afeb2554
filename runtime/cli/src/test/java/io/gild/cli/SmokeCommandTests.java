package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gild.a2a.AgentCard;
import io.gild.a2a.server.A2aAgent;
import io.gild.a2a.server.A2aCredential;
import io.gild.a2a.server.A2aHandler;
import io.gild.a2a.server.A2aServer;
import io.gild.config.Json;
import io.gild.config.Settings;
import io.gild.coordination.Broker;
import io.gild.core.GildRuntime;
import io.gild.testkit.NatsServer;
import io.gild.testkit.PostgresServer;
import io.gild.testkit.RedisServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SmokeCommandTests {

  @TempDir Path folder;

  private HttpServer application;
  private Path settings;
  private String out = "";
  private String err = "";

  @BeforeEach
  void start() throws IOException {
    application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    application.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = "{\"answer\": \"30 days\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    application.start();
    settings = folder.resolve("gild.yaml");
    Files.writeString(
        folder.resolve("tasks.yaml"),
        "- {id: refund, agent: desk, input: When?, expected: 30 days, validator: contains}\n");
    write("");
  }

  private void write(String more) throws IOException {
    Files.writeString(
        settings,
        """
        data: %s
        smoke: {url: '%s', performance: {calls: 2, p95: 30s}}
        %s
        """
            .formatted(folder.resolve("data"), url(), more));
  }

  @AfterEach
  void stop() {
    application.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + application.getAddress().getPort();
  }

  private int run(String... words) {
    StringWriter printed = new StringWriter();
    StringWriter errors = new StringWriter();
    int code =
        new CommandLine(new SmokeCommand())
            .setOut(new PrintWriter(printed))
            .setErr(new PrintWriter(errors))
            .execute(words);
    out = printed.toString();
    err = errors.toString();
    return code;
  }

  private int runWithSettings(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--settings", settings.toString()));
    return run(all.toArray(new String[0]));
  }

  /** Returns the outcome and the reason of a test. */
  private String result(String test) {
    Map<?, ?> report = (Map<?, ?>) Json.read(out);
    for (Object each : (List<?>) report.get("results")) {
      Map<?, ?> result = (Map<?, ?>) each;
      if (result.get("test").equals(test)) {
        return result.get("outcome") + " " + result.get("reason");
      }
    }
    throw new AssertionError("no result of " + test + " in " + out);
  }

  @Test
  void passesAndWritesReports() throws IOException {
    Path junit = folder.resolve("reports/smoke.xml");

    assertThat(runWithSettings(url(), "--junit", junit.toString())).as(err).isZero();

    assertThat(out).contains("PASSED", "health", "NOT APPLICABLE");
    assertThat(junit).content().contains("<testsuite", "name=\"health\"");
    assertThat(runWithSettings(url(), "--json")).isZero();
    assertThat(result("health")).startsWith("PASSED");
    assertThat(run(settings.toString(), "--json")).isZero();
    assertThat(result("health")).startsWith("PASSED");
  }

  @Test
  void failsIfTheApplicationIsNotThere() {
    application.stop(0);

    assertThat(runWithSettings(url(), "--json")).isEqualTo(1);

    assertThat(result("health")).startsWith("FAILED").contains("did not answer");
  }

  @Test
  void asksTheAgentThatTheCommandLineNames() throws IOException {
    write("");
    Files.writeString(
        settings,
        Files.readString(settings)
            .replace(
                "smoke: {",
                "smoke: {golden: {tasks: '%s', path: /a, body: '{input}', answer: answer}, "
                    .formatted(folder.resolve("tasks.yaml"))));

    assertThat(runWithSettings(url(), "--json", "--agent", "desk")).as(err).isZero();
    assertThat(result("agent-call")).startsWith("PASSED");
    assertThat(result("performance")).startsWith("PASSED");

    assertThat(runWithSettings(url(), "--agent", "dask")).isEqualTo(1);
    assertThat(err).contains("for the agent dask");
  }

  @Test
  void findsAProcessByItsId() {
    String pid = Long.toString(ProcessHandle.current().pid());
    String data = folder.resolve("app").toString();
    try (GildRuntime runtime =
        GildRuntime.builder()
            .discover(SmokeCommandTests.class.getClassLoader())
            .settings(
                Settings.builder()
                    .yaml("gild.yaml", "data: " + data + "\ncontrol: {port: 0}\n")
                    .build())
            .build()) {
      assertThat(runtime.settings().data()).hasToString(data);

      assertThat(runWithSettings(pid, "--data", data, "--json")).as(err).isZero();

      assertThat(result("health")).contains("process " + pid + " is up");
      assertThat(result("authentication")).startsWith("PASSED");
      assertThat(result("storage")).startsWith("PASSED");
    }
    assertThat(runWithSettings("999999999")).isEqualTo(1);
    assertThat(err).contains("there is no process 999999999");
  }

  @Test
  void rejectsATargetThatIsNothing() {
    assertThat(run("gild.yml")).isEqualTo(2);
    assertThat(err).contains("TARGET must be an http or https address, a process id or a file");
    assertThat(run(url(), "--control", url())).isEqualTo(2);
    assertThat(err).contains("--control and --token-file must be given together");
  }

  @Test
  void testsSessionsInRedis() throws IOException {
    try (RedisServer redis = RedisServer.start(Files.createDirectory(folder.resolve("redis")))) {
      write(
          "memory: {session: {store: redis, time-to-live: 1h}, redis: {url: '"
              + redis.url()
              + "'}}");

      assertThat(runWithSettings(url(), "--json")).as(out + err).isZero();
      assertThat(result("storage")).startsWith("PASSED").contains("sessions in redis");
      assertThat(redis.command("DBSIZE")).contains("0");

      redis.kill();
      assertThat(runWithSettings(url(), "--json")).isEqualTo(1);
      assertThat(result("storage")).startsWith("FAILED");
    }
  }

  @Test
  void testsMemoriesInPostgres() throws IOException {
    try (PostgresServer postgres = PostgresServer.start()) {
      write(
          "memory: {long-term: {store: postgres}, postgres: {url: '%s', user: '%s', password: '%s'}}"
              .formatted(postgres.url(), postgres.user(), postgres.password()));

      assertThat(runWithSettings(url(), "--json")).as(out + err).isZero();
      assertThat(result("storage")).startsWith("PASSED").contains("memories in postgres");

      postgres.kill();
      assertThat(runWithSettings(url(), "--json")).isEqualTo(1);
      assertThat(result("storage")).startsWith("FAILED");
    }
  }

  @Test
  void testsTheBrokerOfNats() throws IOException {
    try (NatsServer nats = NatsServer.start(Files.createDirectory(folder.resolve("nats")))) {
      write("coordination: {engine: nats, nats: {url: '" + nats.url() + "'}}");

      assertThat(runWithSettings(url(), "--json")).as(out + err).isZero();
      assertThat(result("queue")).startsWith("PASSED").contains("nats delivers");

      nats.kill();
      assertThat(runWithSettings(url(), "--json")).isEqualTo(1);
      assertThat(result("queue")).startsWith("FAILED");
    }
  }

  @Test
  void testsTheBrokerOfAFolderUnlessItIsInUse() throws IOException {
    write("coordination: {engine: folder}");
    runWithSettings(url(), "--json");
    assertThat(result("queue")).startsWith("NOT_APPLICABLE").contains("no broker has used it");

    try (GildRuntime runtime =
        GildRuntime.builder().settings(Settings.builder().file(settings).build()).build()) {
      Broker.of(runtime);
      runWithSettings(url(), "--json");
      assertThat(result("queue")).startsWith("NOT_APPLICABLE").contains("is used by process");
    }
    assertThat(runWithSettings(url(), "--json")).isZero();
    assertThat(result("queue")).startsWith("PASSED");
  }

  @Test
  void asksOverA2aAndTestsItsCredentials() throws IOException {
    AgentCard card = AgentCard.builder("desk", "answers").build();
    try (A2aServer server =
        A2aServer.builder()
            .agent(A2aAgent.of("desk", card, A2aHandler.answering(message -> "30 days")))
            .credential(new A2aCredential("acme", A2aCredential.Kind.BEARER, "secret-secret"))
            .start()) {
      write(
          "a2a: {port: %d, credentials: [{tenant: acme, kind: bearer, variable: NO_SUCH_SECRET}]}"
              .formatted(server.port()));
      runWithSettings(url(), "--json");
      assertThat(result("authentication"))
          .startsWith("PASSED")
          .contains("NO_SUCH_SECRET is not set here");
    }
    try (A2aServer open =
        A2aServer.builder()
            .agent(A2aAgent.of("desk", card, A2aHandler.answering(message -> "30 days")))
            .start()) {
      write(
          "a2a: {port: %d, credentials: [{tenant: acme, kind: bearer, variable: NO_SUCH_SECRET}]}"
              .formatted(open.port()));
      Files.writeString(
          settings,
          Files.readString(settings)
              .replace(
                  "smoke: {",
                  "smoke: {golden: {tasks: '%s'}, ".formatted(folder.resolve("tasks.yaml"))));
      assertThat(runWithSettings("http://127.0.0.1:" + open.port(), "--json")).isEqualTo(1);
      assertThat(result("authentication")).startsWith("FAILED").contains("expected 401");
      assertThat(result("agent-call")).startsWith("PASSED");
      runWithSettings("http://127.0.0.1:" + open.port(), "--json", "--agent", "desk");
      assertThat(result("agent-call")).startsWith("PASSED");
      assertThat(result("performance")).startsWith("PASSED");
    }
  }
}
