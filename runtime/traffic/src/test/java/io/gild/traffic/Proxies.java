package io.gild.traffic;

import io.gild.testkit.HaproxyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Proxies in front of two versions. */
final class Proxies {

  static final Path EXAMPLE = Path.of("../../config/deploy/haproxy/haproxy.cfg");

  private Proxies() {}

  /** Returns the backend of the example that is shipped, with faster health checks. */
  static String backend(int stable, int canary) {
    try {
      String example = Files.readString(EXAMPLE);
      return example
          .substring(example.indexOf("\nbackend agents\n") + 1)
          .replaceAll("(inter|fastinter|downinter) \\w+", "$1 100ms")
          .replace("  balance roundrobin\n", "  balance roundrobin\n  timeout check 2s\n")
          .replace("rise 2", "rise 1")
          .replace("127.0.0.1:8081", "127.0.0.1:" + stable)
          .replace("127.0.0.1:8082", "127.0.0.1:" + canary);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
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
