package io.gild.benchmarks;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.MethodSpec;
import io.gild.observability.ObservabilityModule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Scrapes of a JVM with many agents. */
final class Scrapes {

  private static final int ROUNDS = 20;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String OBJECT = "(Ljava/lang/Object;)Ljava/lang/Object;";

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
      for (int i = 0; i < agents; i++) {
        call(runtime, "agent" + i);
      }
      return measured(name, URI.create("http://127.0.0.1:" + port + "/metrics"));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static void call(GildRuntime runtime, String agent) {
    var model = runtime.method(spec(CallKind.CHAT, agent, "chat"));
    runtime
        .method(spec(CallKind.AGENT, agent, "answer"))
        .call(
            null,
            arguments ->
                model.call(
                    null,
                    same -> {
                      Objects.requireNonNull(AgentCall.current())
                          .recordUsage("gpt-4o-mini", Usage.of(1_000, 200));
                      return "answer";
                    },
                    "prompt"),
            "question");
  }

  private static MethodSpec spec(CallKind kind, String agent, String method) {
    return new MethodSpec(
        kind,
        agent,
        "",
        "com.acme." + agent,
        method,
        OBJECT,
        List.of(),
        Effect.NONE,
        PolicyTree.empty());
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
    Score none = new Score(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    return new Row(
        name,
        "ms",
        new Score(millis[ROUNDS / 2], Double.NaN, Double.NaN, Double.NaN),
        none,
        String.format(
            Locale.ROOT,
            "median of %d scrapes, slowest %.0f ms, %,d bytes",
            ROUNDS,
            millis[ROUNDS - 1],
            bytes));
  }
}
