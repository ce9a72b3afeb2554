package io.gild.benchmarks;

import io.gild.config.Settings;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.observability.ObservabilityModule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Locale;

/** Scrapes of a JVM with many agents. */
final class Scrapes {

  private static final int ROUNDS = 20;
  private static final double NANOS_PER_MILLI = 1e6;

  private Scrapes() {}

  /** Measures scrapes of agents that each used one model. */
  static Row of(String name, int agents) throws Exception {
    GildLog.redirect((line, fault) -> {});
    int port = freePort();
    String yaml = "observability: {log: false, prometheus-port: " + port + "}\n";
    try (GildRuntime runtime =
        GildRuntime.builder()
            .settings(Settings.builder().yaml("gild.yaml", yaml).build())
            .module(new ObservabilityModule())
            .build()) {
      SimulatedAgents.callEach(runtime, agents);
      return measured(name, URI.create("http://127.0.0.1:" + port + "/metrics"));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static Row measured(String name, URI address) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(address).build();
    double[] millis = new double[ROUNDS];
    int bytes = 0;
    for (int i = 0; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      bytes = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body().length;
      millis[i] = (System.nanoTime() - begin) / NANOS_PER_MILLI;
    }
    Arrays.sort(millis);
    return new Row(
        name,
        "ms",
        Score.of(millis[ROUNDS / 2]),
        Score.NONE,
        String.format(
            Locale.ROOT,
            "median of %d scrapes, slowest %.0f ms, %,d bytes",
            ROUNDS,
            millis[ROUNDS - 1],
            bytes));
  }
}
