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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An application under an open load, with and without the javaagent side by side: requests are sent
 * to both in turn, at their time whether or not earlier ones were answered, and latency counts from
 * that time. Other load on the machine thus affects both.
 */
final class LoadSuite {

  private static final double NANOS_PER_MILLI = 1e6;

  /** Requests to each side. */
  private static final int PER_SECOND = 50;

  private static final Duration WARMUP = Duration.ofSeconds(60);
  private static final Duration MEASURED = Duration.ofSeconds(60);

  private static final String GOVERNED =
      """
      mode: enforce
      agents:
        - match: com.acme.support.SupportAgent#*
          name: support
          retry: {max-attempts: 3}
          circuit-breaker: {}
      """;

  /** One of the two applications, with its measurements. */
  private record Side(SpringApp app, Queue<Double> millis) {

    Side(SpringApp app) {
      this(app, new ConcurrentLinkedQueue<>());
    }

    /** Adds the measurements since the given CPU time. */
    void addTo(List<Samples> samples, Duration before) {
      double[] all = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      double cpu = app.cpu().minus(before).toNanos() / NANOS_PER_MILLI / all.length;
      samples.get(0).add(percentile(all, 50), cpu);
      samples.get(1).add(percentile(all, 99), cpu);
    }
  }

  private LoadSuite() {}

  static List<Row> run(BenchmarkOptions options, Consumer<String> progress) throws Exception {
    boolean quick = options.effort().equals(Effort.QUICK);
    int rounds = quick ? 1 : options.effort().rounds();
    Path configuration = Files.createTempFile("gild-bench", ".yaml");
    configuration.toFile().deleteOnExit();
    Files.writeString(configuration, GOVERNED);
    List<Samples> with = List.of(new Samples(), new Samples());
    List<Samples> without = List.of(new Samples(), new Samples());
    for (int i = 1; i <= rounds; i++) {
      progress.accept("load, round " + i + " of " + rounds);
      round(List.of(Agents.gild(configuration)), quick, with, without);
    }
    String measured =
        PER_SECOND
            + " requests/s to each side for "
            + MEASURED.toSeconds()
            + " s, model answers in 20 ms";
    return List.of(
        new Row("load-p50 / none", "ms", with.get(0).score(), without.get(0).score(), measured),
        new Row("load-p99 / none", "ms", with.get(1).score(), without.get(1).score(), measured));
  }

  private static void round(
      List<String> flags, boolean quick, List<Samples> with, List<Samples> without)
      throws Exception {
    Path java = Path.of(System.getProperty("java.home"));
    try (ModelProvider provider =
            ModelProvider.builder()
                .latency(Latency.of(Duration.ofMillis(20), Duration.ZERO))
                .start();
        SpringApp governed = SpringApp.start(java, flags, provider.openAiBaseUrl());
        SpringApp plain = SpringApp.start(java, List.of(), provider.openAiBaseUrl())) {
      Side one = new Side(governed);
      Side other = new Side(plain);
      send(List.of(one, other), quick ? Duration.ofSeconds(2) : WARMUP);
      one.millis().clear();
      other.millis().clear();
      Duration ofOne = governed.cpu();
      Duration ofOther = plain.cpu();
      send(List.of(one, other), quick ? Duration.ofSeconds(2) : MEASURED);
      one.addTo(with, ofOne);
      other.addTo(without, ofOther);
    }
  }

  private static void send(List<Side> sides, Duration length) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    List<CompletableFuture<?>> open = new ArrayList<>();
    long interval = TimeUnit.SECONDS.toNanos(1) / ((long) PER_SECOND * sides.size());
    long start = System.nanoTime();
    long count = length.toNanos() / interval;
    for (long i = 0; i < count; i++) {
      long due = start + i * interval;
      while (System.nanoTime() < due) {
        Thread.sleep(0, 100_000);
      }
      Side side = sides.get((int) (i % sides.size()));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(side.app().url("/answer?question=hello"))).build();
      open.add(
          client
              .sendAsync(request, HttpResponse.BodyHandlers.ofString())
              .thenAccept(response -> {
                if (response.statusCode() != 200) {
                  throw new IllegalStateException("status " + response.statusCode());
                }
                side.millis().add((System.nanoTime() - due) / NANOS_PER_MILLI);
              }));
    }
    CompletableFuture.allOf(open.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
  }

  private static double percentile(double[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }
}
