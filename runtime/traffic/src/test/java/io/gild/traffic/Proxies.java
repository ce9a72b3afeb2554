package io.gild.traffic;

import io.gild.testkit.HaproxyServer;
import java.nio.file.Path;

/** Proxies in front of two versions. */
final class Proxies {

  private Proxies() {}

  /** Returns a backend as the example of the documentation has it. */
  static String backend(int stable, int canary) {
    return """
    backend agents
      balance roundrobin
      option httpchk GET /health
      option redispatch 1
      retries 3
      retry-on conn-failure
      default-server check inter 100ms fastinter 100ms downinter 100ms fall 2 rise 1
      server stable 127.0.0.1:%d weight 256
      server canary 127.0.0.1:%d weight 0
    """
        .formatted(stable, canary);
  }

  static HaproxyServer start(Path folder, AgentServer stable, AgentServer canary) {
    return HaproxyServer.start(folder, backend(stable.port(), canary.port()));
  }

  static HaproxySettings settings(HaproxyServer proxy) {
    return settings(proxy, "agents", "stable", "canary");
  }

  static HaproxySettings settings(
      HaproxyServer proxy, String backend, String stable, String canary) {
    return new HaproxySettings(proxy.socket().toString(), backend, stable, canary, null);
  }

  static HaproxyTraffic traffic(HaproxyServer proxy) {
    return new HaproxyTraffic(settings(proxy), Path.of(""));
  }
}
