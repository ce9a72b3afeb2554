package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gild.gates.AuditCheck;
import io.gild.gates.AuditLog;
import io.gild.operations.RolloutException;
import io.gild.operations.RolloutRecord;
import io.gild.operations.Rollouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process that controls a rollout behind HAProxy, as {@code kill -9} does, at random
 * points. {@code -Dgild.kills=100} kills more often.
 */
class KilledControllerTests {

  private static final int KILLS = Integer.getInteger("gild.kills", 8);
  private static final long SEED = 17;
  private static final long MOST_MILLIS = 20_000;
  private static final int LATEST_KILL_MILLIS = 900;
  private static final int SECOND_EVERY = 8;
  private static final int ROLL_BACK_EVERY = 5;
  private static final String NAME = "support-2";
  private static final String SETTINGS =
      """
      rollout-defaults: {interval: 20ms}
      rollouts:
        support-2:
          engine: haproxy
          stable: {version: "1"}
          canary: {version: "2"}
          traffic: {socket: "%s", backend: agents}
          steps: [5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
          step-duration: 50ms
          max-step-duration: 60ms
          on-undecided: advance
          no-data: {deadline: 60ms, then: advance}
          keep-warm: 200ms
      """;

  @TempDir private Path folder;

  private final Random random = new Random(SEED);
  private final List<String> seen = new ArrayList<>();
  private RolloutSite site;
  private Rollouts rollouts;

  @Test
  void goesOnInAConsistentStateAfterEachKill() throws Exception {
    HttpServer stable = RolloutSite.agent();
    HttpServer canary = RolloutSite.agent();
    try (RolloutSite opened =
        new RolloutSite(folder, stable.getAddress().getPort(), canary.getAddress().getPort())) {
      site = opened;
      rollouts = new Rollouts(site.data().resolve("rollouts"));
      site.settings(SETTINGS.formatted(site.socket()));
      site.call(2, Duration.ofMillis(5));
      for (int kill = 1; kill <= KILLS; kill++) {
        controlAndKill(kill);
      }
      assertThat(site.failures()).as("failed requests").isEmpty();
      assertThat(site.answered("stable")).isPositive();
      assertThat(site.answered("canary")).isPositive();
    } finally {
      stable.stop(0);
      canary.stop(0);
    }
    assertThat(seen).as("events of the kills").hasSize(KILLS);
  }

  private void controlAndKill(int kill) throws Exception {
    RolloutRecord before = rollouts.find(NAME);
    Process controller = site.gild("controller-" + kill, "start", NAME);
    try {
      awaitControl(controller, before);
      assertThat(awaitAgreement(controller))
          .as(
              "journal and proxy after %d kills: %s, %d; %s",
              kill - 1, rollouts.find(NAME), site.share(), site.printed("controller-" + kill))
          .isTrue();
      if (kill % SECOND_EVERY == 0) {
        refusesASecondOne(controller);
      }
      if (kill % ROLL_BACK_EVERY == 0) {
        askForRollback();
      }
      TimeUnit.MILLISECONDS.sleep(random.nextInt(LATEST_KILL_MILLIS));
    } finally {
      controller.destroyForcibly().onExit().join();
    }
    checkFiles(kill);
  }

  /** Waits until the process has the lock, and did something. */
  private void awaitControl(Process controller, RolloutRecord before) throws Exception {
    long deadline = System.currentTimeMillis() + MOST_MILLIS;
    while (controller.isAlive() && !isControlledBy(controller)) {
      assertThat(System.currentTimeMillis()).as("took control in time").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(5);
    }
    while (controller.isAlive() && sameAs(before)) {
      assertThat(System.currentTimeMillis()).as("went on in time").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private boolean isControlledBy(Process controller) {
    String owner = rollouts.controller(NAME); // takes the lock for a moment, as a status does
    return owner != null && owner.contains(Long.toString(controller.pid()));
  }

  private boolean sameAs(RolloutRecord before) {
    RolloutRecord now = rollouts.find(NAME);
    return now == null
        || before != null
            && before.run() == now.run()
            && before.events().size() == now.events().size();
  }

  /** Returns whether the share of the journal and that of the proxy are seen to be one. */
  private boolean awaitAgreement(Process controller) throws Exception {
    long deadline = System.currentTimeMillis() + MOST_MILLIS;
    while (System.currentTimeMillis() < deadline) {
      RolloutRecord first = rollouts.find(NAME);
      int share = site.share();
      RolloutRecord second = rollouts.find(NAME);
      boolean still = first != null && first.equals(second) && first.achieved() >= 0;
      if (still && Math.abs(share - first.achieved()) <= 1) {
        return true;
      }
      if (still && !controller.isAlive()) {
        return false;
      }
    }
    return false;
  }

  private void refusesASecondOne(Process controller) throws Exception {
    if (!controller.isAlive()) {
      return; // the rollout was over meanwhile
    }
    Process second = site.gild("second", "start", NAME);
    assertThat(second.waitFor(MOST_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    boolean first = site.printed("second").contains("is controlled by process");
    assertThat(first || !controller.isAlive()).as(site.printed("second")).isTrue();
  }

  private void askForRollback() {
    try {
      rollouts.request(NAME, Rollouts.Request.ROLL_BACK, "ada", "a test");
    } catch (RolloutException over) {
      // it is being rolled back already
    }
  }

  private void checkFiles(int kill) {
    List<String> problems = new ArrayList<>();
    List<RolloutRecord> all = rollouts.list(problems::add);
    assertThat(problems).as("journals after kill %d", kill).isEmpty();
    assertThat(all).hasSize(1);
    AuditCheck check = AuditLog.in(site.data()).verify();
    assertThat(check.intact()).as("audit log after kill %d: %s", kill, check.problem()).isTrue();
    assertThat(rollouts.controller(NAME)).as("controller after kill %d", kill).isNull();
    RolloutRecord record = all.get(0);
    seen.add(record.run() + " " + record.state() + " " + record.share());
  }
}
