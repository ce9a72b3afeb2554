package io.gild.benchmarks;

import io.gild.config.Settings;
import io.gild.operations.RolloutException;
import io.gild.operations.RolloutRecord;
import io.gild.operations.RolloutRunner;
import io.gild.operations.RolloutState;
import io.gild.operations.Rollouts;
import io.gild.operations.spi.Share;
import io.gild.testkit.HaproxyServer;
import io.gild.traffic.HaproxySettings;
import io.gild.traffic.HaproxyTraffic;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Rollouts with processes, behind a real HAProxy with the configuration that is shipped. */
final class RolloutMeasurements {

  private static final int PER_SECOND = 100;
  private static final int PER_SECOND_WHILE_SWITCHED = 400;
  private static final int CRASHES = 20;
  private static final int QUICK_CRASHES = 5;
  private static final int SWITCHES = 1_000;
  private static final int QUICK_SWITCHES = 100;
  private static final long BETWEEN_SWITCHES_MILLIS = 20;
  private static final long BEFORE_KILL_MILLIS = 1_000;
  private static final long POLL_MILLIS = 2;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final double NANOS = 1e9;
  private static final String NAME = "crash";

  private final boolean quick;

  RolloutMeasurements(boolean quick) {
    this.quick = quick;
  }

  /** Returns whether HAProxy is installed. */
  static boolean canRun() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(each -> Files.isExecutable(Path.of(each, "haproxy")));
  }

  private static HaproxyServer proxy(Path folder, int stable, int canary) throws IOException {
    Path shipped =
        Path.of(System.getProperty("gild.home", ""), "config/deploy/haproxy/haproxy.cfg");
    String example = Files.readString(shipped);
    return HaproxyServer.start(
        folder,
        example
                .substring(example.indexOf("\nbackend agents\n") + 1)
                .replace("127.0.0.1:8081", "127.0.0.1:" + stable)
                .replace("127.0.0.1:8082", "127.0.0.1:" + canary)
            + "\n  timeout check 2s\n  http-after-response set-header x-served-by %s\n");
  }

  /** Gives all requests to one version and then to the other, again and again. */
  Row switches() throws Exception {
    int switches = quick ? QUICK_SWITCHES : SWITCHES;
    Path folder = Files.createTempDirectory("gild-switch");
    try (EchoProcess stable = EchoProcess.start(0);
        EchoProcess canary = EchoProcess.start(0);
        HaproxyServer proxy = proxy(folder, stable.port(), canary.port());
        PacedRequests load = PacedRequests.start(proxy.url(), PER_SECOND_WHILE_SWITCHED)) {
      HaproxyTraffic traffic =
          new HaproxyTraffic(
              new HaproxySettings(proxy.socket().toString(), "agents", "stable", "canary", null),
              folder);
      long begin = System.nanoTime();
      for (int i = 1; i <= switches; i++) {
        traffic.set(i % 2 == 1 ? Share.ALL : 0);
        TimeUnit.MILLISECONDS.sleep(BETWEEN_SWITCHES_MILLIS);
      }
      load.end();
      List<PacedRequests.Failure> failures = load.failuresSince(begin);
      return new Row(
          "switch-failures",
          "failed requests",
          Score.of(failures.size()),
          Score.of(Double.NaN),
          String.format(
              Locale.ROOT,
              "%d of %d requests failed in %d switches between 0 and 100 %%%s",
              failures.size(),
              load.ended(),
              switches,
              failures.isEmpty() ? "" : ", the first: " + failures.get(0).what()));
    }
  }

  /** Kills the new version while it has half of the requests. */
  Row crashes() throws Exception {
    int crashes = quick ? QUICK_CRASHES : CRASHES;
    double[] rollbacks = new double[crashes];
    double[] lasts = new double[crashes];
    long failed = 0;
    Path folder = Files.createTempDirectory("gild-crash");
    try (EchoProcess stable = EchoProcess.start(0)) {
      EchoProcess canary = EchoProcess.start(0);
      try (HaproxyServer proxy = proxy(folder, stable.port(), canary.port());
          PacedRequests load = PacedRequests.start(proxy.url(), PER_SECOND)) {
        Settings settings = settings(folder, proxy.socket());
        for (int i = 0; i < crashes; i++) {
          Crash crash = crash(settings, canary, load);
          rollbacks[i] = crash.untilRollback();
          lasts[i] = crash.untilLastFailure();
          failed += crash.failed();
          canary = EchoProcess.start(canary.port());
        }
        load.end();
      } finally {
        canary.close();
      }
    }
    Arrays.sort(rollbacks);
    Arrays.sort(lasts);
    return new Row(
        "crash-to-rollback-seconds",
        "s",
        Score.of(SimulatedRollout.quantile(rollbacks, 0.5)),
        Score.of(Double.NaN),
        String.format(
            Locale.ROOT,
            "%d crashes: until the share is 0, median %.2f s, p95 %.2f s; until the last failed"
                + " request, median %.2f s, p95 %.2f s; %d requests failed",
            crashes,
            SimulatedRollout.quantile(rollbacks, 0.5),
            SimulatedRollout.quantile(rollbacks, 0.95),
            SimulatedRollout.quantile(lasts, 0.5),
            SimulatedRollout.quantile(lasts, 0.95),
            failed));
  }

  /** The intervals are those that are shipped; only the step is long enough to be killed in. */
  private static Settings settings(Path folder, Path socket) throws IOException {
    Path file = folder.resolve("gild.yaml");
    Files.writeString(
        file,
        """
        rollouts:
          crash:
            engine: haproxy
            stable: {version: "1"}
            canary: {version: "2"}
            traffic: {socket: "%s", backend: agents}
            steps: [50, 100]
            step-duration: 1h
            max-step-duration: 1h
        """
            .formatted(socket));
    return Settings.ofThisJvm()
        .file(file)
        .property("gild.data", folder.resolve("data").toString())
        .build();
  }

  /**
   * What a crash did.
   *
   * @param untilRollback seconds until the share was 0
   * @param untilLastFailure seconds until the last request failed; 0 without one
   */
  private record Crash(double untilRollback, double untilLastFailure, long failed) {}

  private static Crash crash(Settings settings, EchoProcess canary, PacedRequests load)
      throws RolloutException, InterruptedException {
    Rollouts rollouts = new Rollouts(Rollouts.folder(settings));
    try (RolloutRunner runner = RolloutRunner.open(settings, NAME, Path.of(""))) {
      runner.start("benchmark");
      Thread controller = new Thread(() -> control(runner), "controller");
      controller.start();
      await(rollouts, RolloutState.RUNNING, Share.ALL / 2);
      TimeUnit.MILLISECONDS.sleep(BEFORE_KILL_MILLIS);
      long killed = System.nanoTime();
      canary.kill();
      await(rollouts, RolloutState.ROLLED_BACK, 0);
      long over = System.nanoTime();
      controller.join();
      TimeUnit.MILLISECONDS.sleep(BEFORE_KILL_MILLIS);
      List<PacedRequests.Failure> failures = load.failuresSince(killed);
      double last =
          failures.stream().mapToDouble(each -> (each.ended() - killed) / NANOS).max().orElse(0);
      return new Crash((over - killed) / NANOS, last, failures.size());
    }
  }

  private static void control(RolloutRunner runner) {
    try {
      runner.run(event -> {}, problem -> {}, () -> false);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** The end of a rollback counts as its beginning, which it follows within an interval. */
  private static void await(Rollouts rollouts, RolloutState state, int share)
      throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    while (System.nanoTime() < deadline) {
      RolloutRecord record = rollouts.find(NAME);
      if (record != null && record.achieved() == share && isAt(record.state(), state)) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    throw new IllegalStateException("The rollout is not " + state + " but " + rollouts.find(NAME));
  }

  private static boolean isAt(RolloutState found, RolloutState wanted) {
    return found == wanted
        || wanted == RolloutState.ROLLED_BACK && found == RolloutState.ROLLING_BACK;
  }
}
