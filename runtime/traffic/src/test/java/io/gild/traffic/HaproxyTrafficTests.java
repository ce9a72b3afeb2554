package io.gild.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.operations.RolloutException;
import io.gild.operations.spi.Share;
import io.gild.testkit.HaproxyServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HaproxyTrafficTests {

  @TempDir Path folder;

  private static final AgentServer STABLE = AgentServer.start("stable");
  private static final AgentServer CANARY = AgentServer.start("canary");

  private final AgentServer stable = STABLE.reset();
  private final AgentServer canary = CANARY.reset();

  @AfterAll
  static void stop() {
    STABLE.close();
    CANARY.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1, 39, 10",
    "100, 117, 30",
    "1000, 1016, 260",
    "2500, 2500, 640",
    "5000, 5000, 1280",
    "9999, 9961, 2550",
    "10000, 10000, 2560"
  })
  void givesTheNewVersionItsExactShare(int share, int achieved, long requests) throws Exception {
    try (HaproxyServer proxy = Proxies.start(folder, stable, canary)) {
      HaproxyTraffic traffic = Proxies.traffic(proxy);
      traffic.check();

      assertThat(traffic.set(share))
          .isEqualTo(new Share(share, achieved, "weights " + requests / 10 + " of 256"));

      Load.send(proxy.url(), 256); // until the first turn is over, one request can be missing
      assertThat(Load.send(proxy.url(), 2_560).getOrDefault("canary", 0L)).isEqualTo(requests);
      assertThat(traffic.current(share).achieved()).isEqualTo(achieved);
      assertThat(stable.served() + canary.served()).isEqualTo(2_560 + 256);
    }
  }

  @Test
  void failsNoRequestWhileSharesChange() throws Exception {
    try (HaproxyServer proxy = Proxies.start(folder, stable, canary);
        Load load = Load.start(proxy.url(), 4)) {
      HaproxyTraffic traffic = Proxies.traffic(proxy);
      int[] shares = {100, 5_000, 10_000, 0, 10_000, 2_500};
      int switches = Integer.getInteger("gild.traffic.switches", 100);
      for (int i = 0; i < switches; i++) {
        traffic.set(shares[i % shares.length]);
        long sent = load.total();
        Until.isTrue(() -> load.total() >= sent + 10);
      }
      load.end();

      assertThat(load.failures()).isEmpty();
      assertThat(load.answered("stable")).isPositive();
      assertThat(load.answered("canary")).isPositive();
      if (switches > 100) {
        System.out.printf("%d switches, %d requests, 0 failed%n", switches, load.total());
      }
    }
  }

  @Test
  void drainsAVersionUnderLoad() throws Exception {
    try (HaproxyServer proxy = Proxies.start(folder, stable, canary);
        Load load = Load.start(proxy.url(), 4)) {
      HaproxyTraffic traffic = Proxies.traffic(proxy);
      traffic.set(5_000);
      Until.isTrue(() -> load.answered("canary") > 50);

      traffic.set(0);

      Until.isTrue(() -> traffic.running(true) == 0);
      long served = canary.served();
      long sent = load.total();
      Until.isTrue(() -> load.total() > sent + 200);
      load.end();
      assertThat(canary.served()).isEqualTo(served);
      assertThat(load.failures()).isEmpty();
      assertThat(proxy.command("show stat")).contains("agents,canary").contains("DRAIN");
    }
  }

  @Test
  void reportsThatAReloadResetTheShare() throws Exception {
    try (HaproxyServer proxy = Proxies.start(folder, stable, canary)) {
      HaproxyTraffic traffic = Proxies.traffic(proxy);
      traffic.set(5_000);

      proxy.reload();

      assertThat(traffic.current(5_000).achieved()).isZero();
      assertThat(traffic.set(5_000).achieved()).isEqualTo(5_000);
      assertThat(traffic.current(5_000).achieved()).isEqualTo(5_000);
    }
  }

  @Test
  void reportsWhatAPersonChanged() throws Exception {
    try (HaproxyServer proxy = Proxies.start(folder, stable, canary)) {
      HaproxyTraffic traffic = Proxies.traffic(proxy);
      traffic.set(5_000);

      proxy.command("set server agents/canary state maint");

      assertThat(traffic.current(5_000)).isEqualTo(new Share(5_000, 0, "weights 0 of 128"));
      assertThatThrownBy(traffic::check)
          .isInstanceOf(RolloutException.class)
          .hasMessage(
              "The server \"canary\" of backend \"agents\" is MAINT. End its maintenance first.");
      assertThat(traffic.set(5_000).achieved()).isEqualTo(5_000);
    }
  }

  @Test
  void reportsThatNoVersionGetsRequests() throws Exception {
    try (HaproxyServer proxy = Proxies.start(folder, stable, canary)) {
      proxy.command("set server agents/stable state maint");

      assertThat(Proxies.traffic(proxy).current(0).note())
          .isEqualTo("weights 0 of 0; neither version gets requests");
    }
  }

  @Test
  void namesTheNearestBackendAndServer() throws Exception {
    try (HaproxyServer proxy = Proxies.start(folder, stable, canary)) {
      HaproxyTraffic backend =
          new HaproxyTraffic(Proxies.settings(proxy, "agent", "stable", "canary"), folder);
      HaproxyTraffic server =
          new HaproxyTraffic(Proxies.settings(proxy, "agents", "stable", "canari"), folder);

      assertThatThrownBy(backend::check)
          .hasMessageContaining("has no backend \"agent\". There is agents.")
          .hasMessageEndingWith("Did you mean \"agents\"?");
      assertThatThrownBy(server::check)
          .hasMessageContaining("has no server \"canari\". There is canary, stable.")
          .hasMessageEndingWith("Did you mean \"canary\"?");
      assertThatThrownBy(() -> server.set(100)).hasMessageContaining("canari");
      assertThat(proxy.command("get weight agents/stable")).startsWith("256");
    }
  }

  @Test
  void rejectsWeightsThatCannotChange() throws Exception {
    String fixed = Proxies.backend(stable.port(), canary.port()).replace("roundrobin", "static-rr");
    try (HaproxyServer proxy = HaproxyServer.start(folder, fixed)) {
      HaproxyTraffic traffic = Proxies.traffic(proxy);

      assertThatThrownBy(traffic::check).hasMessageContaining("\"balance static-rr\"");
      assertThatThrownBy(() -> traffic.set(100)).hasMessageContaining("\"balance static-rr\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "balance leastconn, balance leastconn does not keep shares exactly",
    "balance roundrobin\\n  cookie V insert, callers with a cookie stay at their version",
  })
  void notesWhatMakesSharesInexact(String balance, String note) throws Exception {
    String backend =
        Proxies.backend(stable.port(), canary.port())
            .replace("balance roundrobin", balance.replace("\\n", "\n"));
    try (HaproxyServer proxy = HaproxyServer.start(folder, backend)) {
      HaproxyTraffic traffic = Proxies.traffic(proxy);
      traffic.check();

      assertThat(traffic.set(100).note()).isEqualTo("weights 3 of 256; " + note);
    }
  }

  @Test
  void sendsNoCallerWithACookieToAVersionWithoutAShare() throws Exception {
    String backend =
        Proxies.backend(stable.port(), canary.port())
            .replace("balance roundrobin", "balance roundrobin\n  cookie V insert indirect")
            .replace("weight 0", "weight 0 cookie c");
    try (HaproxyServer proxy = HaproxyServer.start(folder, backend)) {
      HaproxyTraffic traffic = Proxies.traffic(proxy);
      traffic.set(10_000);
      assertThat(withCookie(proxy.url())).isEqualTo("canary");

      traffic.set(0);
      assertThat(withCookie(proxy.url())).isEqualTo("stable");

      traffic.check();
      traffic.set(5_000);
      Until.isTrue(() -> withCookie(proxy.url()).equals("canary"));
    }
  }

  private static String withCookie(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).header("Cookie", "V=c").build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "operator"})
  void rejectsASocketThatMayNotChangeWeights(String level) throws Exception {
    String backend = Proxies.backend(stable.port(), canary.port());
    try (HaproxyServer proxy = HaproxyServer.start(folder, backend, level)) {
      HaproxyTraffic traffic = Proxies.traffic(proxy);

      assertThatThrownBy(traffic::check)
          .hasMessageContaining("has the level " + level)
          .hasMessageContaining("level admin");
      assertThatThrownBy(() -> traffic.set(100)).hasMessageContaining("has the level " + level);
    }
  }

  @Test
  void rejectsFurtherServersWithTraffic() throws Exception {
    String backend =
        Proxies.backend(stable.port(), canary.port()) + "  server third 127.0.0.1:1 weight 5\n";
    try (HaproxyServer proxy = HaproxyServer.start(folder, backend)) {
      assertThatThrownBy(Proxies.traffic(proxy)::check)
          .hasMessageContaining("also sends requests to third");
    }
  }

  @Test
  void rejectsAPresentVersionThatIsDown() throws Exception {
    stable.fail();
    try (HaproxyServer proxy = Proxies.start(folder, stable, canary)) {
      Until.isTrue(() -> isDown(proxy, "stable"));

      assertThatThrownBy(Proxies.traffic(proxy)::check)
          .hasMessageContaining("The server \"stable\" of backend \"agents\" is DOWN (L7STS");
    }
  }

  @Test
  void givesANewVersionNoShareBeforeItsHealthCheckPasses() throws Exception {
    canary.fail();
    try (HaproxyServer proxy = Proxies.start(folder, stable, canary)) {
      Until.isTrue(() -> isDown(proxy, "canary"));
      HaproxyTraffic traffic = Proxies.traffic(proxy);

      traffic.check();
      assertThatThrownBy(() -> traffic.set(10_000))
          .hasMessageContaining("The server \"canary\" of backend \"agents\" is DOWN")
          .hasMessageEndingWith("It gets no share before its health check passes.");
      assertThat(Load.answer(proxy.url())).isEqualTo("stable");
      assertThat(traffic.set(0).achieved()).isZero();

      canary.reset();
      Until.isTrue(() -> !isDown(proxy, "canary"));
      assertThat(traffic.set(10_000).achieved()).isEqualTo(10_000);
      assertThat(Load.answer(proxy.url())).isEqualTo("canary");
    }
  }

  private static boolean isDown(HaproxyServer proxy, String server) throws Exception {
    return proxy.command("show stat").matches("(?s).*agents," + server + ",[^\n]*,DOWN,.*");
  }

  @Test
  void reportsASocketThatIsGone() throws Exception {
    try (HaproxyServer proxy = Proxies.start(folder, stable, canary)) {
      HaproxyTraffic traffic = Proxies.traffic(proxy);
      traffic.check();
      proxy.kill();

      assertThatThrownBy(() -> traffic.set(100)).hasMessageContaining("no process listens there");
      Files.delete(proxy.socket());
      assertThatThrownBy(() -> traffic.set(100))
          .hasMessageContaining("there is no such file. Start HAProxy with \"stats socket");
      proxy.restart();
      assertThat(traffic.set(100).achieved()).isEqualTo(117);
    }
  }

  @Test
  void usesASocketOfTcp() throws Exception {
    AgentServer unused = AgentServer.start("unused");
    int port = unused.port();
    unused.close();
    try (HaproxyServer proxy = Proxies.start(folder, stable, canary)) {
      Path file = proxy.configuration();
      Files.writeString(
          file,
          Files.readString(file)
              .replace(
                  "global\n", "global\n  stats socket ipv4@127.0.0.1:" + port + " level admin\n"));
      proxy.reload();
      HaproxyTraffic traffic =
          new HaproxyTraffic(
              new HaproxySettings("127.0.0.1:" + port, "agents", "stable", "canary", null), folder);

      traffic.check();
      assertThat(traffic.set(2_500).achieved()).isEqualTo(2_500);
      assertThat(traffic.name()).isEqualTo("haproxy agents of 127.0.0.1:" + port);
      Load.send(proxy.url(), 256);
      assertThat(Load.send(proxy.url(), 256)).isEqualTo(Map.of("canary", 64L, "stable", 192L));
    }
  }
}
