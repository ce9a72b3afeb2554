package io.gild.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gild.config.Settings;
import io.gild.smoke.spi.SmokeFinding.Outcome;
import io.gild.smoke.spi.SmokeTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmokeRunTests {

  private static final String CACHED =
      "agents: [{match: com.acme.Desk#answer, cache: {ttl: 10m}}]\n";

  @TempDir Path folder;

  private DeskApplication application;
  private Settings settings;

  @BeforeEach
  void writeTasks() throws IOException {
    Files.writeString(
        folder.resolve("tasks.yaml"),
        """
        - id: first
          input: unused
          expected: never
        - id: refund
          input: 'When can I "return" shoes?'
          expected: 30 days
          validator: contains
          tags: [smoke]
        """);
  }

  @AfterEach
  void stop() {
    if (application != null) {
      application.close();
    }
  }

  private Settings settings(String smoke, String more) {
    String yaml =
        """
        mode: enforce
        data: %s
        control: {port: 0}
        smoke:
          golden: {tasks: %s, path: /answer, body: '{"question": "{input}"}', answer: answer}
          performance: {calls: 3, p95: 30s}
        %s
        %s
        """
            .formatted(folder.resolve("data"), folder.resolve("tasks.yaml"), smoke, more);
    return Settings.builder().yaml("gild.yaml", yaml).build();
  }

  private void start(String smoke, String more, UnaryOperator<String> agent) throws IOException {
    settings = settings(smoke, more);
    application = DeskApplication.start(settings, agent);
  }

  private SmokeResult run(SmokeTest test) throws InterruptedException {
    return SmokeRun.of(SmokeTarget.ofUrl(application.url(), settings), settings).run(test);
  }

  private void assertResult(SmokeTest test, Outcome outcome, String... reasons)
      throws InterruptedException {
    SmokeResult result = run(test);
    assertThat(result.outcome()).as(result.reason()).isEqualTo(outcome);
    assertThat(result.reason()).contains(reasons);
  }

  @Test
  void passesForAnApplicationThatWorks() throws Exception {
    start("  authentication: {path: /admin, expects: 401}", CACHED, DeskApplication::spending);

    SmokeReport report =
        SmokeRun.of(SmokeTarget.ofUrl(application.url(), settings), settings).report();

    assertThat(report.failures()).isEmpty();
    assertThat(report.passed()).isTrue();
    assertThat(report.results())
        .filteredOn(each -> each.outcome() == Outcome.PASSED)
        .extracting(SmokeResult::test)
        .containsExactly(
            SmokeTest.HEALTH,
            SmokeTest.AUTHENTICATION,
            SmokeTest.AGENT_CALL,
            SmokeTest.STORAGE,
            SmokeTest.CACHE,
            SmokeTest.PERFORMANCE,
            SmokeTest.TELEMETRY);
    assertThat(application.questions).containsOnly("When can I \"return\" shoes?");
    assertThat(application.purposes).containsOnly("smoke");
    assertThat(folder.resolve("data")).isDirectoryNotContaining("glob:**/smoke-*");
  }

  /** Nothing can pass if there is nothing: neither an application nor a folder. */
  @ParameterizedTest
  @EnumSource(SmokeTest.class)
  void passesNoTestOfAnApplicationThatIsNotThere(SmokeTest test) throws Exception {
    start("", CACHED, DeskApplication::spending);
    String url = application.url();
    SmokeTarget known = SmokeTarget.ofUrl(url, settings);
    application.close();
    Settings absent =
        Settings.builder().yaml("gild.yaml", "data: " + folder.resolve("absent")).build();

    assertThat(SmokeRun.of(SmokeTarget.ofUrl(url, absent), absent).run(test).outcome())
        .isNotEqualTo(Outcome.PASSED);
    if (test != SmokeTest.STORAGE) { // its folder is still there
      assertThat(SmokeRun.of(known, settings).run(test).outcome()).isNotEqualTo(Outcome.PASSED);
    }
  }

  @Test
  void failsIfTheApplicationEndsBetweenHealthAndCall() throws Exception {
    start("", "", DeskApplication::spending);
    SmokeRun run = SmokeRun.of(SmokeTarget.ofUrl(application.url(), settings), settings);
    assertThat(run.run(SmokeTest.HEALTH).outcome()).isEqualTo(Outcome.PASSED);

    application.close();

    SmokeResult call = run.run(SmokeTest.AGENT_CALL);
    assertThat(call.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(call.reason()).contains("/answer did not answer");
  }

  @Test
  void failsHealthForAServerErrorAndForAnotherProcess() throws Exception {
    start("  path: /broken", "", DeskApplication::spending);
    assertResult(SmokeTest.HEALTH, Outcome.FAILED, "/broken answers 503");

    SmokeTarget found = SmokeTarget.ofUrl(application.url(), settings);
    ControlPoint point = found.control();
    SmokeTarget other =
        new SmokeTarget(null, new ControlPoint(1, point.url(), point.token()), null);
    assertThat(SmokeRun.of(other, settings).run(SmokeTest.HEALTH).reason())
        .contains("is of process " + ProcessHandle.current().pid(), "expected process 1");
  }

  @Test
  void failsAuthenticationIfTheTokenIsWrongOrAPageIsOpen() throws Exception {
    start("  authentication: {path: /open, expects: 401}", "", DeskApplication::spending);
    assertResult(SmokeTest.AUTHENTICATION, Outcome.FAILED, "/open answers 200", "expected 401");

    SmokeTarget found = SmokeTarget.ofUrl(application.url(), settings);
    SmokeTarget other =
        new SmokeTarget(null, new ControlPoint(0, found.control().url(), "another token"), null);
    SmokeResult result = SmokeRun.of(other, settings).run(SmokeTest.AUTHENTICATION);
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.reason()).contains("answers 401 with its token").doesNotContain("another");
  }

  @Test
  void failsIfTheControlEndpointLetsEveryoneIn() throws Exception {
    start("", "", DeskApplication::spending);
    SmokeTarget open =
        new SmokeTarget(null, new ControlPoint(0, URI.create(application.url()), "token"), null);

    assertThat(SmokeRun.of(open, settings).run(SmokeTest.AUTHENTICATION).reason())
        .contains("answers 200 without a token and 200 with a wrong one, expected 401");
  }

  @Test
  void failsForAWrongAnswerAndAFailingAgent() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    start(
        "",
        "",
        question -> {
          if (calls.incrementAndGet() > 1) {
            throw new IllegalStateException("no model");
          }
          return "never";
        });

    assertResult(SmokeTest.AGENT_CALL, Outcome.FAILED, "refund failed", "30 days");
    assertResult(SmokeTest.AGENT_CALL, Outcome.FAILED, "/answer answered 500");
    assertResult(SmokeTest.TELEMETRY, Outcome.FAILED, "/answer answered 500");
  }

  @Test
  void failsAnAgentThatHangs() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    start(
        "  timeout: 300ms",
        "",
        question -> {
          try {
            end.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          return "30 days";
        });
    try {
      assertResult(SmokeTest.AGENT_CALL, Outcome.FAILED, "no result within 300ms");
    } finally {
      end.countDown();
    }
  }

  @Test
  void failsPerformanceByTheNumberOfSlowCalls() throws Exception {
    settings = settings("", "");
    String yaml =
        """
        data: %s
        smoke:
          golden: {tasks: %s, path: /answer, body: '{"question": "{input}"}', answer: answer}
          performance: {calls: 20, p95: 1ns}
        """
            .formatted(folder.resolve("data"), folder.resolve("tasks.yaml"));
    settings = Settings.builder().yaml("gild.yaml", yaml).build();
    application = DeskApplication.start(settings, DeskApplication::spending);

    assertResult(
        SmokeTest.PERFORMANCE, Outcome.FAILED, "2 of 2 calls took more than", "at most 1 of 20");
    assertThat(application.questions).hasSize(2);
  }

  @Test
  void failsTheCacheIfARuleNamesOneThatDoesNotAnswer() throws Exception {
    start("", CACHED.replace("10m", "1ns"), DeskApplication::spending);
    assertResult(SmokeTest.CACHE, Outcome.FAILED, "was not answered from the cache");
  }

  @Test
  void hasNoCacheToTestWithoutARule() throws Exception {
    start("", "", DeskApplication::spending);
    assertResult(SmokeTest.CACHE, Outcome.NOT_APPLICABLE, "gives desk#answer a cache");
  }

  @Test
  void failsWithoutACacheThatTheSettingsRequire() throws Exception {
    start("  cache: required", "", DeskApplication::spending);
    assertResult(SmokeTest.CACHE, Outcome.FAILED, "was not answered from the cache");
  }

  @Test
  void showsTokensAndCostOfTheCall() throws Exception {
    start("", "", DeskApplication::spending);
    assertResult(SmokeTest.TELEMETRY, Outcome.PASSED, "desk#answer", "110 tokens", "USD");
  }

  @Test
  void failsTelemetryIfNothingGovernsTheAgent() throws Exception {
    start("", "", DeskApplication::spending);
    String yaml =
        """
        data: %s
        smoke:
          golden: {tasks: %s, path: /ungoverned, body: '{"question": "{input}"}', answer: answer}
        """
            .formatted(folder.resolve("data"), folder.resolve("tasks.yaml"));
    settings = Settings.builder().yaml("gild.yaml", yaml).build();

    assertResult(SmokeTest.AGENT_CALL, Outcome.PASSED, "refund passed");
    assertResult(SmokeTest.TELEMETRY, Outcome.FAILED, "not among the recent calls");
  }

  @Test
  void comparesTheMetricsBeforeAndAfterTheCall() throws Exception {
    start("", "", DeskApplication::spending);
    settings = settings("  metrics: " + application.url() + "/metrics", "");
    assertResult(
        SmokeTest.TELEMETRY,
        Outcome.PASSED,
        "110 tokens",
        "gild_agent_requests_total has grown by 1");

    settings = settings("  metrics: " + application.url() + "/stuck-metrics", "");
    assertResult(SmokeTest.TELEMETRY, Outcome.FAILED, "gild_agent_requests_total is 7 after");

    settings = settings("  metrics: " + application.url() + "/", "");
    assertResult(SmokeTest.TELEMETRY, Outcome.FAILED, "gild_agent_requests_total is 0 after");
  }

  @Test
  void rejectsATokenThatIsNotSet() throws Exception {
    start("  token-env: GILD_NO_SUCH_TOKEN", "", DeskApplication::spending);
    assertRejected(SmokeTarget.ofUrl(application.url(), settings), "GILD_NO_SUCH_TOKEN must hold");
  }

  @Test
  void failsIfOthersCanReadTheData() throws Exception {
    start("", "", DeskApplication::spending);
    Files.setPosixFilePermissions(
        folder.resolve("data"), PosixFilePermissions.fromString("rwxr-x---"));
    assertResult(SmokeTest.STORAGE, Outcome.FAILED, "rwxr-x---");
  }

  @Test
  void testsOnlyWhatItCanOfAnAddressAlone() throws Exception {
    start("", "", DeskApplication::spending);
    Settings nothing =
        Settings.builder().yaml("gild.yaml", "data: " + folder.resolve("other")).build();

    SmokeReport report =
        SmokeRun.of(SmokeTarget.ofUrl(application.url(), nothing), nothing).report();

    assertThat(report.passed()).isTrue();
    assertThat(report.results())
        .filteredOn(each -> each.outcome() != Outcome.NOT_APPLICABLE)
        .extracting(SmokeResult::test)
        .containsExactly(SmokeTest.HEALTH);
    assertThat(report.text()).contains("smoke.golden does not say how the agent is asked");
    assertThat(report.junit()).contains("skipped=\"7\"", "failures=\"0\"");
    assertThat(report.json()).contains("\"passed\": true");
  }

  @Test
  void rejectsTasksThatCannotBeUsed() throws Exception {
    start("", "", DeskApplication::spending);
    SmokeTarget target = SmokeTarget.ofUrl(application.url(), settings);
    Path tasks = folder.resolve("tasks.yaml");

    Files.writeString(tasks, "- {id: a, input: b, expected: c}\n- {id: a, input: b, expected: c}");
    assertRejected(target, "tasks.yaml:2", "id \"a\" is taken");
    Files.writeString(tasks, "[]");
    assertRejected(target, "must have at least one golden task");
    Files.writeString(
        tasks,
        "- {id: a, agent: x, input: b, expected: c}\n- {id: a, agent: y, input: b, expected: c}");
    assertRejected(target, "tasks.yaml:2", "two agents");
    Files.writeString(tasks, "- {id: a, turns: [b, c], expected: c}");
    assertRejected(target, "single turn");
    Files.delete(tasks);
    assertRejected(target, "tasks.yaml, which does not exist");
  }

  private void assertRejected(SmokeTarget target, String... parts) {
    assertThatExceptionOfType(SmokeException.class)
        .isThrownBy(() -> SmokeRun.of(target, settings))
        .satisfies(wrong -> assertThat(wrong.getMessage()).contains(parts));
  }

  @Test
  void findsTheApplicationByProcessAndBySettings() throws Exception {
    start("", "", DeskApplication::spending);
    long pid = ProcessHandle.current().pid();

    SmokeTarget target = SmokeTarget.ofProcess(pid, settings, folder.resolve("data"));
    assertThat(target.control().pid()).isEqualTo(pid);
    assertThat(SmokeTarget.ofSettings(settings).control()).isEqualTo(target.control());
    assertThat(target.toString())
        .isEqualTo("process " + pid)
        .doesNotContain(target.control().token());
    assertThat(target.control().toString()).doesNotContain(target.control().token());

    application.close();
    application = null;
    assertThatExceptionOfType(SmokeException.class)
        .isThrownBy(() -> SmokeTarget.ofSettings(settings))
        .withMessageContaining("no process has a control endpoint");
    assertThatExceptionOfType(SmokeException.class)
        .isThrownBy(() -> SmokeTarget.ofProcess(pid, settings, folder.resolve("data")))
        .withMessageContaining("control.port");
  }

  @Test
  void findsAProcessWithSeveralEndpointsBesideADamagedFile() throws Exception {
    start("", "", DeskApplication::spending);
    try (DeskApplication second = DeskApplication.start(settings, question -> "another")) {
      Files.writeString(folder.resolve("data/control/1.json"), "{");
      long pid = ProcessHandle.current().pid();

      assertThat(second.url()).isNotEqualTo(application.url());
      assertThat(ControlPoint.living(folder.resolve("data"))).hasSize(2);
      assertThat(SmokeTarget.ofSettings(settings).control().pid()).isEqualTo(pid);
      assertResult(SmokeTest.TELEMETRY, Outcome.PASSED, "110 tokens");

      application.close();
      application = null;
      SmokeTarget left = SmokeTarget.ofProcess(pid, settings, folder.resolve("data"));
      assertThat(SmokeRun.of(left, settings).run(SmokeTest.HEALTH).outcome())
          .isEqualTo(Outcome.PASSED);
    }
  }

  @Test
  void ignoresTheFileOfAnEarlierProcess() throws Exception {
    Path control = Files.createDirectories(folder.resolve("data/control"));
    long pid = ProcessHandle.current().pid();
    Files.writeString(
        control.resolve(pid + ".json"),
        "{\"pid\": %d, \"url\": \"http://127.0.0.1:1\", \"token\": \"t\", \"since\": \"2001-01-01T00:00:00Z\"}"
            .formatted(pid));

    assertThat(ControlPoint.living(folder.resolve("data"))).isEmpty();
  }
}
