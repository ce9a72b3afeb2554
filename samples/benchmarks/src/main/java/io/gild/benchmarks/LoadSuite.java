package io.gild.benchmarks;

import io.gild.testkit.Latency;
import io.gild.testkit.ModelProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An application under an open load, with and without the javaagent: requests are sent at their
 * time whether or not earlier ones were answered, and latency counts from that time.
 */
final class LoadSuite {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final int PER_SECOND = 100;
  private static final Duration WARMUP = Duration.ofSeconds(15);
  private static final Duration MEASURED = Duration.ofSeconds(20);

  private static final String GOVERNED =
      """
      mode: enforce
      agents:
        - match: com.acme.support.SupportAgent#*
          name: support
          retry: {max-attempts: 3}
          circuit-breaker: {}
      """;

  private LoadSuite() {}

  static List<Row> run(Options options, Consumer<String> progress) throws Exception {
    boolean quick = options.effort().equals(Effort.QUICK);
    int rounds = quick ? 1 : options.effort().rounds();
    Path configuration = Files.createTempFile("gild-bench", ".yaml");
    configuration.toFile().deleteOnExit();
    Files.writeString(configuration, GOVERNED);
    List<Samples> with = List.of(new Samples(), new Samples());
    List<Samples> without = List.of(new Samples(), new Samples());
    for (int i = 1; i <= rounds; i++) {
      progress.accept("load, round " + i + " of " + rounds);
      side(List.of(), quick, without);
      side(List.of(Agents.gild(configuration)), quick, with);
    }
    String measured =
        PER_SECOND + " requests/s for " + MEASURED.toSeconds() + " s, model answers in 20 ms";
    return List.of(
        new Row("load-p50 / none", "ms", with.get(0).score(), without.get(0).score(), measured),
        new Row("load-p99 / none", "ms", with.get(1).score(), without.get(1).score(), measured));
  }

  private static void side(List<String> flags, boolean quick, List<Samples> samples)
      throws Exception {
    Path java = Path.of(System.getProperty("java.home"));
    try (ModelProvider provider =
            ModelProvider.builder()
                .latency(Latency.of(Duration.ofMillis(20), Duration.ZERO))
                .start();
        SpringApp app = SpringApp.start(java, flags, provider.openAiBaseUrl())) {
      send(app, quick ? Duration.ofSeconds(2) : WARMUP);
      long before = app.cpu().toNanos();
      double[] millis = send(app, quick ? Duration.ofSeconds(2) : MEASURED);
      double cpu = (app.cpu().toNanos() - before) / NANOS_PER_MILLI / millis.length;
      samples.get(0).add(percentile(millis, 50), cpu);
      samples.get(1).add(percentile(millis, 99), cpu);
    }
  }

  private static double[] send(SpringApp app, Duration length) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(app.url("/answer?question=hello"))).build();
    ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
    List<CompletableFuture<?>> open = new ArrayList<>();
    long interval = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    long start = System.nanoTime();
    long count = length.toNanos() / interval;
    for (long i = 0; i < count; i++) {
      long due = start + i * interval;
      while (System.nanoTime() < due) {
        Thread.sleep(0, 100_000);
      }
      open.add(
          client
              .sendAsync(request, HttpResponse.BodyHandlers.ofString())
              .thenAccept(response -> {
                if (response.statusCode() != 200) {
                  throw new IllegalStateException("status " + response.statusCode());
                }
                millis.add((System.nanoTime() - due) / NANOS_PER_MILLI);
              }));
    }
    CompletableFuture.allOf(open.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    return millis.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double percentile(double[] values, int percent) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }
}
