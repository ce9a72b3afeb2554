package io.gild.testkit;

import io.gild.config.Experimental;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a {@link ModelProvider} as a separate process; the first line that it prints is its base
 * URL.
 *
 * <pre>
 * java -cp … io.gild.testkit.ModelProviderMain --port 0 --seed 7 --fault-rate 0.07 \
 *     --latency-scale 0.1 --answers answers.jsonl --log requests.jsonl
 * </pre>
 */
@Experimental
public final class ModelProviderMain {

  private static final Set<String> OPTIONS =
      Set.of("--port", "--seed", "--fault-rate", "--latency-scale", "--answers", "--log");
  private static final Latency TYPICAL =
      Latency.of(Duration.ofMillis(400), Duration.ofMillis(12)).jittered(0.3);

  private ModelProviderMain() {}

  /** Runs until it is stopped; an invalid option ends it at once with status 2. */
  public static void main(String[] args) throws InterruptedException {
    try {
      run(options(args));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static void run(Map<String, String> options) throws InterruptedException {
    ModelProvider.Builder builder =
        ModelProvider.builder()
            .port(Integer.parseInt(options.getOrDefault("--port", "0")))
            .seed(Long.parseLong(options.getOrDefault("--seed", "1")))
            .faults(Faults.rate(Double.parseDouble(options.getOrDefault("--fault-rate", "0"))))
            .latency(
                TYPICAL.scaled(Double.parseDouble(options.getOrDefault("--latency-scale", "0"))));
    if (options.containsKey("--answers")) {
      builder.answers(Answerer.fromFile(Path.of(options.get("--answers"))));
    }
    ModelProvider provider = builder.start();
    String log = options.get("--log");
    if (log != null) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> provider.writeLog(Path.of(log))));
    }
    System.out.println(provider.baseUrl());
    new CountDownLatch(1).await();
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!OPTIONS.contains(args[i])) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "Unknown option %s. Use one of %s.", args[i], sorted()));
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException("The option " + args[i] + " needs a value.");
      }
      options.put(args[i], args[i + 1]);
    }
    return options;
  }

  private static String sorted() {
    return String.join(", ", OPTIONS.stream().sorted().toList());
  }
}
