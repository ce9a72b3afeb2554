package io.gild.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gild.config.Settings;
import io.gild.judging.ScorePair;
import io.gild.operations.RolloutException;
import io.gild.operations.RolloutPlan;
import io.gild.operations.spi.TelemetrySource;
import io.gild.operations.spi.VersionTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpVersionTesterTests {

  private static final String GOLDEN =
      "{tasks: TASKS, path: /answer, body: '{\"question\": \"{input}\"}', answer: answer, every: 1ms}";

  @TempDir Path folder;

  private DeskApplication stable;
  private DeskApplication canary;
  private final VersionTester tester =
      ServiceLoader.load(VersionTester.class).findFirst().orElseThrow();

  @BeforeEach
  void start() throws IOException {
    Files.writeString(
        folder.resolve("tasks.yaml"),
        "- {id: refund, input: When?, expected: 30 days, validator: contains}\n");
    Settings own = Settings.builder().yaml("gild.yaml", "data: " + folder.resolve("app")).build();
    stable = DeskApplication.start(own, question -> "30 days");
    canary = DeskApplication.start(own, question -> "31 days");
  }

  @AfterEach
  void stop() {
    stable.close();
    canary.close();
  }

  private Settings settings(String golden, String canaryUrl) {
    String yaml =
        """
        data: %s
        smoke: {performance: {calls: 2, p95: 30s}}
        rollouts:
          desk:
            engine: haproxy
            stable: {version: '1', address: '%s'}
            canary: {version: '2', address: '%s'}
            golden: %s
        """
            .formatted(
                folder.resolve("data"),
                stable.url(),
                canaryUrl,
                golden.replace("TASKS", folder.resolve("tasks.yaml").toString()));
    return Settings.builder().yaml("gild.yaml", yaml).build();
  }

  private static RolloutPlan plan(Settings settings) throws RolloutException {
    return RolloutPlan.of(settings, "desk");
  }

  @Test
  void asksBothVersionsAndMarksTheRequests() throws Exception {
    Settings settings = settings(GOLDEN, canary.url());
    List<ScorePair> read = new ArrayList<>();
    try (TelemetrySource golden = tester.golden(plan(settings), settings)) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (read.size() < 5) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        read.addAll(golden.read().golden());
        Thread.sleep(2);
      }
    }

    assertThat(read).allMatch(pair -> pair.equals(new ScorePair("refund", 1, 0)));
    assertThat(stable.purposes).isNotEmpty().containsOnly("golden");
    assertThat(canary.purposes).isNotEmpty().containsOnly("golden");
  }

  @Test
  void failsTheSmokeTestOfAVersionThatAnswersWrong() throws Exception {
    Settings settings = settings(GOLDEN, canary.url());

    assertThat(tester.smoke(plan(settings), settings).run(canary.url()))
        .contains("agent-call: the golden task refund failed");
    assertThat(tester.smoke(plan(settings), settings).run(stable.url())).isEmpty();
  }

  @Test
  void failsTheSmokeTestOfAVersionThatIsNotThere() throws Exception {
    Settings settings = settings(GOLDEN, canary.url());
    canary.stopServing();

    assertThat(tester.smoke(plan(settings), settings).run(canary.url()))
        .contains("health:", "did not answer");
  }

  @Test
  void rejectsARolloutThatCannotBeAsked() {
    assertRejected("{tasks: /no/such/tasks.yaml, path: /a, body: '{input}'}", "does not exist");
    assertRejected("{tasks: TASKS, path: /a, body: '{}'}", "must contain {input}");
    assertRejected("{path: /a, body: '{input}'}", "desk.golden.tasks must name a file");
    assertRejected("{tasks: TASKS}", "desk.golden must have path and body");
  }

  private void assertRejected(String golden, String reason) {
    Settings settings = settings(golden, canary.url());
    assertThatExceptionOfType(RolloutException.class)
        .isThrownBy(() -> tester.golden(plan(settings), settings))
        .withMessageContaining(reason);
    assertThatExceptionOfType(RolloutException.class)
        .isThrownBy(() -> tester.smoke(plan(settings), settings))
        .withMessageContaining(reason);
  }
}
