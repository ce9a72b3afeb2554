package io.gild.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import io.gild.gates.AuditLog;
import io.gild.operations.Rollouts.Request;
import io.gild.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutControllerTests {

  private static final String YAML =
      """
      rollouts:
        search-2:
          engine: haproxy
          traffic: {socket: /run/haproxy.sock, backend: agents, stable: blue, canary: green}
          stable: {version: "1"}
          canary: {version: "2"}
          steps: [10, 50, 100]
          step-duration: 1m
          max-step-duration: 10m
          keep-warm: 1m
          no-data: {deadline: 5m, then: pause}
      """;

  @TempDir private Path folder;
  private final ManualClock clock = ManualClock.create();
  private final FakeTraffic traffic = new FakeTraffic();
  private final FakeTelemetry telemetry = new FakeTelemetry(traffic);
  private final List<Map<String, @Nullable Object>> told = new ArrayList<>();
  private RolloutPlan plan;
  private @Nullable RolloutController controller;

  @BeforeEach
  void plan() throws Exception {
    plan = plan(YAML);
  }

  @AfterEach
  void close() {
    if (controller != null) {
      controller.close();
    }
  }

  private RolloutPlan plan(String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve("gild.yaml"), yaml);
    return RolloutPlan.of(Settings.load(file), "search-2");
  }

  private RolloutParts parts() {
    return new RolloutParts(
        plan,
        traffic,
        List.of(telemetry),
        folder.resolve("rollouts"),
        AuditLog.in(folder),
        told::add,
        address -> "",
        clock);
  }

  private RolloutController open() throws RolloutException {
    RolloutController opened = RolloutController.open(parts());
    controller = opened;
    return opened;
  }

  private RolloutController started() throws RolloutException {
    RolloutController opened = open();
    opened.start("ada");
    return opened;
  }

  /** Lets time pass until the rollout is over or waits. */
  private RolloutRecord run(RolloutController running, Duration most) {
    for (long i = 0; i < most.toSeconds() && !running.tick(); i++) {
      clock.advance(Duration.ofSeconds(1));
    }
    return running.record();
  }

  private Rollouts rollouts() {
    return new Rollouts(folder.resolve("rollouts"));
  }

  @Test
  void takesControlWhileSomebodyAsksWhoHasIt() throws Exception {
    started().close();
    controller = null;
    AtomicBoolean ended = new AtomicBoolean();
    Thread asking =
        new Thread(() -> {
          while (!ended.get()) {
            rollouts().controller("search-2");
            LockSupport.parkNanos(1_000_000);
          }
        });
    asking.start();
    try {
      for (int i = 0; i < 20; i++) {
        open().close();
      }
    } finally {
      ended.set(true);
      asking.join();
      controller = null;
    }
  }

  @Test
  void promotesAVersionThatIsAsGood() throws Exception {
    RolloutRecord record = run(started(), Duration.ofHours(1));

    assertThat(record.state()).isEqualTo(RolloutState.PROMOTED);
    assertThat(traffic.sets).containsSubsequence(1_000, 5_000, 10_000);
    assertThat(record.events()).extracting(RolloutEvent::state).contains(RolloutState.SETTLING);
    assertThat(told).allSatisfy(each -> assertThat(each).containsEntry("rollout", "search-2"));
  }

  @Test
  void takesAVersionBackThatFailsMoreOften() throws Exception {
    telemetry.canaryErrors = 0.03;
    RolloutRecord record = run(started(), Duration.ofHours(1));

    assertThat(record.state()).isEqualTo(RolloutState.ROLLED_BACK);
    assertThat(record.reason()).contains("error-rate");
    assertThat(traffic.share).isZero();
  }

  @Test
  void takesAVersionBackThatCostsMore() throws Exception {
    telemetry.canaryCost = 0.02;
    RolloutRecord record = run(started(), Duration.ofHours(1));

    assertThat(record.state()).isEqualTo(RolloutState.ROLLED_BACK);
    assertThat(record.reason()).contains("cost");
  }

  @Test
  void takesAVersionBackAtOnceIfMostCallsFail() throws Exception {
    plan =
        plan(YAML + "    criteria: {latency: {quantile: 0.95, tolerance: 0.1, min-calls: 50}}\n");
    RolloutController running = started();
    run(running, Duration.ofSeconds(3));
    telemetry.canaryErrors = 1;
    clock.advance(Duration.ofSeconds(1));
    RolloutRecord record = run(running, Duration.ofSeconds(9));

    assertThat(record.reason()).contains("guard");
    assertThat(traffic.share).isZero();
  }

  @Test
  void takesAVersionBackThatIsDown() throws Exception {
    RolloutController running = started();
    run(running, Duration.ofSeconds(5));
    telemetry.unhealthy = "green is DOWN";

    assertThat(run(running, Duration.ofMinutes(1)).reason()).isEqualTo("green is DOWN");
    assertThat(running.record().state()).isEqualTo(RolloutState.ROLLED_BACK);
  }

  @Test
  void takesAVersionBackThatCannotBeMeasured() throws Exception {
    RolloutController running = started();
    run(running, Duration.ofSeconds(5));
    telemetry.broken = "connection refused";

    assertThat(run(running, Duration.ofSeconds(20)).state()).isEqualTo(RolloutState.RUNNING);
    RolloutRecord record = run(running, Duration.ofMinutes(1));
    assertThat(record.state()).isEqualTo(RolloutState.ROLLED_BACK);
    assertThat(record.reason()).contains("nothing was measured").contains("connection refused");
  }

  @Test
  void doesNotAdvanceWhileSomethingCannotBeMeasured() throws Exception {
    telemetry.incomplete = "the calls of the new version cannot be read";
    RolloutController running = started();
    run(running, Duration.ofMinutes(4));
    assertThat(running.record().share()).isEqualTo(1_000);
    assertThat(running.measuringProblem()).contains("cannot be read");

    telemetry.incomplete = "";
    assertThat(run(running, Duration.ofHours(1)).state()).isEqualTo(RolloutState.PROMOTED);
  }

  @Test
  void takesNoStepBecauseAClockJumps() throws Exception {
    RolloutController running = started();
    run(running, Duration.ofSeconds(5));
    clock.advance(Duration.ofDays(1));
    run(running, Duration.ofSeconds(30));
    assertThat(running.record().share()).isEqualTo(1_000);
    running.close();
    clock.advance(Duration.ofDays(1));

    assertThat(run(open(), Duration.ofSeconds(3)).share()).isEqualTo(1_000);
  }

  @Test
  void pausesIfThereAreTooFewCalls() throws Exception {
    telemetry.callsPerRead = 0;
    RolloutController running = started();

    assertThat(run(running, Duration.ofMinutes(4)).state()).isEqualTo(RolloutState.RUNNING);
    RolloutRecord record = run(running, Duration.ofMinutes(2));
    assertThat(record.state()).isEqualTo(RolloutState.PAUSED);
    assertThat(record.reason()).isEqualTo("too few calls to tell anything for 5m");
    assertThat(traffic.share).isEqualTo(1_000);
  }

  @Test
  void takesAVersionBackWhileItIsPaused() throws Exception {
    RolloutController running = started();
    run(running, Duration.ofSeconds(5));
    rollouts().request("search-2", Request.PAUSE, "ada", "lunch");
    assertThat(run(running, Duration.ofMinutes(5)).state()).isEqualTo(RolloutState.PAUSED);
    telemetry.canaryErrors = 0.05;

    assertThat(run(running, Duration.ofMinutes(5)).state()).isEqualTo(RolloutState.ROLLED_BACK);
  }

  @Test
  void doesWhatPeopleAsk() throws Exception {
    telemetry.callsPerRead = 10;
    RolloutController running = started();
    run(running, Duration.ofSeconds(5));
    rollouts().request("search-2", Request.PROMOTE, "ada", "");
    run(running, Duration.ofSeconds(5));
    assertThat(traffic.share).isEqualTo(5_000);

    rollouts().request("search-2", Request.PROMOTE_FULLY, "ada", "hotfix");
    assertThat(run(running, Duration.ofSeconds(5)).reason()).isEqualTo("hotfix");
    assertThat(run(running, Duration.ofMinutes(2)).state()).isEqualTo(RolloutState.PROMOTED);

    rollouts().request("search-2", Request.ROLL_BACK, "bob", "customers complain");
    RolloutRecord record = run(running, Duration.ofSeconds(5));
    assertThat(record.state()).isEqualTo(RolloutState.ROLLED_BACK);
    assertThat(record.events().get(record.events().size() - 1).who()).isEqualTo("bob");
    assertThat(traffic.share).isZero();
  }

  @Test
  void startsWhenAskedByAnotherProcess() throws Exception {
    RolloutController waiting = open();
    assertThat(waiting.tick()).isFalse();
    rollouts().request("search-2", Request.START, "ada", "");
    waiting.tick();

    assertThat(waiting.record().state()).isEqualTo(RolloutState.RUNNING);
  }

  @Test
  void refusesWhatDoesNotFit() throws Exception {
    assertThatThrownBy(() -> rollouts().request("search-2", Request.PAUSE, "ada", ""))
        .isInstanceOf(RolloutException.class)
        .hasMessageContaining("has not started");
    started();
    assertThatThrownBy(() -> rollouts().request("search-2", Request.START, "ada", ""))
        .hasMessageContaining("runs already");
  }

  @Test
  void refusesASecondController() throws Exception {
    started();
    assertThatThrownBy(() -> RolloutController.open(parts()))
        .isInstanceOf(RolloutException.class)
        .hasMessageContaining("controlled by process " + ProcessHandle.current().pid());
  }

  @Test
  void setsAShareAgainThatWasChanged() throws Exception {
    RolloutController running = started();
    run(running, Duration.ofSeconds(5));
    traffic.share = 7_777;
    running.tick();

    assertThat(traffic.share).isEqualTo(1_000);
    assertThat(Files.readString(AuditLog.in(folder).file()))
        .contains("rollout-reasserted")
        .contains("\"shareFound\":7777");
  }

  @Test
  void takesAVersionBackIfTheProxyIsGoneForTooLong() throws Exception {
    RolloutController running = started();
    run(running, Duration.ofSeconds(5));
    traffic.broken = "no such socket";
    RolloutRecord record = run(running, Duration.ofMinutes(2));
    assertThat(record.state()).isEqualTo(RolloutState.ROLLING_BACK);
    assertThat(record.problem()).isEqualTo("no such socket");

    traffic.broken = null;
    assertThat(run(running, Duration.ofSeconds(5)).state()).isEqualTo(RolloutState.ROLLED_BACK);
    assertThat(traffic.share).isZero();
  }

  @Test
  void goesOnAfterItWasKilledAtEachDecision() throws Exception {
    for (int survived = 0; survived < 4; survived++) {
      traffic.sets.clear();
      RolloutController running = survived == 0 ? started() : open();
      if (survived > 0 && running.record().state().isFinal()) {
        running.start("ada");
      }
      int sets = survived;
      for (int i = 0; i < 2_000 && traffic.sets.size() <= sets; i++) {
        running.tick();
        clock.advance(Duration.ofSeconds(1));
      }
      traffic.dies = true;
      try {
        run(running, Duration.ofHours(1));
      } catch (FakeTraffic.Killed killed) {
        // the process would end here
      }
      traffic.dies = false;
      running.close();

      RolloutController next = open();
      assertThat(run(next, Duration.ofHours(1)).state()).isEqualTo(RolloutState.PROMOTED);
      assertThat(traffic.share).isEqualTo(10_000);
      next.close();
      controller = null;
    }
    assertThat(AuditLog.in(folder).verify().intact()).isTrue();
  }

  @Test
  void rollsBackAfterARestartWithOtherSettings() throws Exception {
    run(started(), Duration.ofSeconds(5));
    close();
    plan = plan(YAML.replace("version: \"2\"", "version: \"3\""));

    assertThat(run(open(), Duration.ofMinutes(1)).reason()).contains("settings or files changed");
    assertThat(traffic.share).isZero();
  }

  @Test
  void comparesAnewWhenItIsStartedAgain() throws Exception {
    RolloutController running = started();
    telemetry.canaryErrors = 0.2;
    assertThat(run(running, Duration.ofHours(1)).state()).isEqualTo(RolloutState.ROLLED_BACK);

    telemetry.canaryErrors = 0.01;
    running.start("ada");
    assertThat(run(running, Duration.ofHours(1)).state()).isEqualTo(RolloutState.PROMOTED);
    assertThat(running.record().run()).isEqualTo(2);
  }

  @Test
  void takesAVersionBackAlthoughTheAuditLogWasTamperedWith() throws Exception {
    RolloutController running = started();
    run(running, Duration.ofSeconds(5));
    Path log = AuditLog.in(folder).file();
    Files.writeString(log, Files.readString(log).replace("ada", "eve"));
    telemetry.canaryErrors = 1;

    RolloutRecord record = run(running, Duration.ofMinutes(1));
    assertThat(record.state()).isEqualTo(RolloutState.ROLLED_BACK);
    assertThat(record.problem()).contains("audit log");
    assertThat(traffic.share).isZero();
  }

  @Test
  void takesAVersionBackAlthoughNothingCanBeWritten() throws Exception {
    RolloutController running = started();
    run(running, Duration.ofSeconds(5));
    Path journal = folder.resolve("rollouts/search-2.rollout.jsonl");
    Files.move(journal, folder.resolve("moved"));
    Files.createDirectory(journal);
    telemetry.canaryErrors = 1;
    run(running, Duration.ofMinutes(1));

    assertThat(traffic.share).isZero();
  }

  @Test
  void writesEachDecisionToTheAuditLog() throws Exception {
    telemetry.canaryErrors = 0.03;
    run(started(), Duration.ofHours(1));

    String log = Files.readString(AuditLog.in(folder).file());
    assertThat(AuditLog.in(folder).verify().intact()).isTrue();
    assertThat(log).contains("\"who\":\"ada\"", "\"state\":\"ROLLED_BACK\"", "\"shareAchieved\":0");
    assertThat(log).contains("\"name\":\"error-rate\",\"verdict\":\"FAIL\"");
  }
}
