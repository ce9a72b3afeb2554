package io.gild.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.judging.CallSamples;
import io.gild.judging.TrafficInterval;
import io.gild.operations.RolloutException;
import io.gild.testkit.HaproxyServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HaproxyTelemetryTests {

  private static final AgentServer STABLE = AgentServer.start("stable");
  private static final AgentServer CANARY = AgentServer.start("canary");

  @TempDir Path folder;

  private final AgentServer stable = STABLE.reset();
  private final AgentServer canary = CANARY.reset();

  @AfterAll
  static void stop() {
    STABLE.close();
    CANARY.close();
  }

  private HaproxyTelemetry telemetry(HaproxyServer proxy) {
    return new HaproxyTelemetry(Proxies.settings(proxy), folder);
  }

  private static void send(HaproxyServer proxy, int status, int requests) {
    Load.send(proxy.url() + "/status/" + status, requests);
  }

  @Test
  void countsRequestsAndErrorsOfBothVersions() throws Exception {
    try (HaproxyServer proxy = Proxies.start(folder, stable, canary)) {
      HaproxyTraffic traffic = Proxies.traffic(proxy);
      send(proxy, 200, 7);
      HaproxyTelemetry telemetry = telemetry(proxy);
      send(proxy, 200, 10);
      send(proxy, 500, 2);
      send(proxy, 404, 3);
      traffic.set(10_000);
      send(proxy, 200, 4);
      send(proxy, 503, 4);

      TrafficInterval interval = telemetry.read();

      assertThat(interval.stable().requests()).isEqualTo(15);
      assertThat(interval.stable().errors()).isEqualTo(2);
      assertThat(interval.canary().requests()).isEqualTo(8);
      assertThat(interval.canary().errors()).isEqualTo(4);
      assertThat(interval.canary().latencies()).isEmpty();
      assertThat(telemetry.read().canary().requests()).isZero();
    }
  }

  @Test
  void countsAnewAfterAReload() throws Exception {
    try (HaproxyServer proxy = Proxies.start(folder, stable, canary)) {
      HaproxyTelemetry telemetry = telemetry(proxy);
      send(proxy, 200, 5);
      telemetry.read();

      proxy.reload();
      send(proxy, 200, 8);

      assertThat(telemetry.read().stable().requests()).isEqualTo(8);
    }
  }

  @Test
  void measuresOnAfterTheProxyWasGone() throws Exception {
    try (HaproxyServer proxy = Proxies.start(folder, stable, canary)) {
      HaproxyTelemetry telemetry = telemetry(proxy);
      proxy.kill();
      assertThatThrownBy(telemetry::read).isInstanceOf(RolloutException.class);

      proxy.restart();
      send(proxy, 200, 3);

      assertThat(telemetry.read().stable().requests()).isEqualTo(3);
    }
  }

  @Test
  void showsAKilledVersionWhoseCallersNoticeLittle() throws Exception {
    try (AgentProcess process = AgentProcess.start("canary");
        HaproxyServer proxy =
            HaproxyServer.start(folder, Proxies.backend(stable.port(), process.port()));
        Load load = Load.start(proxy.url(), 4)) {
      HaproxyTelemetry telemetry = telemetry(proxy);
      Proxies.traffic(proxy).set(5_000);
      Until.isTrue(() -> load.answered("canary") > 200);
      assertThat(telemetry.unhealthy(true)).isEmpty();

      process.kill();

      Until.isTrue(() -> !telemetry.unhealthy(true).isEmpty());
      long sent = load.total();
      Until.isTrue(() -> load.total() > sent + 100);
      load.end();
      TrafficInterval interval = telemetry.read();
      assertThat(telemetry.unhealthy(true))
          .startsWith("The server \"canary\" of backend \"agents\" is DOWN (L4CON");
      assertThat(telemetry.unhealthy(false)).isEmpty();
      assertThat(interval.canary().errors()).isPositive();
      assertThat(interval.stable().errors()).isZero();
      // Each caller may have had one request in the killed process; no other one fails.
      assertThat(load.failures()).hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void addsWhatTheProcessesReport() throws Exception {
    try (HaproxyServer proxy = Proxies.start(folder, stable, canary);
        FeedServer feed = FeedServer.start()) {
      FeedServer gone = FeedServer.start();
      feed.call("support", "succeeded", 9, 9, 9);
      Path token = Files.writeString(folder.resolve("token"), "secret");
      HaproxySettings settings =
          new HaproxySettings(
              proxy.socket().toString(),
              "agents",
              "stable",
              "canary",
              new CallFeedSettings(feed.url(), gone.url(), token.getFileName(), "support"));
      HaproxyTelemetry telemetry = new HaproxyTelemetry(settings, folder);
      gone.close();
      feed.call("support", "succeeded", 0.5, 0.01, 120);
      feed.call("billing", "succeeded", 5, 5, 5);
      feed.call("support", "succeeded", 5, 5, 5, "chat");
      feed.call("support", "refused", 0.001, 0, 0);
      feed.call("support", "cancelled", 0.1, 0.1, 1);
      send(proxy, 200, 1);
      send(proxy, 503, 1);

      CallSamples samples = telemetry.read().stable();

      assertThat(samples.requests()).isEqualTo(2);
      assertThat(samples.refusals()).isEqualTo(1);
      assertThat(samples.errors()).isZero();
      assertThat(samples.latencies()).containsExactly(0.5);
      assertThat(samples.costs()).containsExactly(0.01);
      assertThat(samples.tokens()).containsExactly(120);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10, 0, 0, 0, 0",
    "10, 3, 3, 0, 3",
    "10, 2, 0, 2, 0",
    "10, 3, 3, 2, 3",
    "10, 10, 0, 10, 0",
    "1, 0, 5, 0, 1",
    "0, 0, 2, 2, 0",
  })
  void takesRefusalsOffTheFaultsOfTheProxy(
      long requests, long faults, int failed, int refused, long errors) {
    List<FedCall> calls = new ArrayList<>();
    for (int i = 0; i < failed; i++) {
      calls.add(new FedCall("agent", "a", "m", "2", 1, "failed", 1, 1));
    }
    for (int i = 0; i < refused; i++) {
      calls.add(new FedCall("agent", "a", "m", "2", 1, "refused", 1, 1));
    }

    CallSamples samples = FeedSide.merged(new HaproxyCounters(requests, faults), calls);

    assertThat(samples.errors()).isEqualTo(errors);
  }
}
