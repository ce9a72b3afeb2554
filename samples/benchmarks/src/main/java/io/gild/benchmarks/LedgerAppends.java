package io.gild.benchmarks;

import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.ledger.CallLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Calls that each report the tokens of one request, with a ledger in a folder and without one. The
 * time is that of the calling thread; the lines per second are those that are forced to the disk.
 */
final class LedgerAppends {

  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Usage TOKENS = Usage.of(1_000, 100);

  private final int calls;
  private final int rounds;
  private double linesPerSecond;

  LedgerAppends(int calls, int rounds) {
    this.calls = calls;
    this.rounds = rounds;
  }

  Row measure(String name) throws Exception {
    Samples with = new Samples();
    Samples without = new Samples();
    Samples speed = new Samples();
    for (int i = 0; i < rounds; i++) {
      without.add(micros(false), Double.NaN);
      with.add(micros(true), Double.NaN);
      speed.add(linesPerSecond, Double.NaN);
    }
    return new Row(
        name + " / without a ledger",
        "us",
        with.score(),
        without.score(),
        "a governed call that reports tokens, on its thread; %,.0f lines per second forced to disk"
            .formatted(speed.score().time()));
  }

  private double micros(boolean ledger) throws Exception {
    Path data = Files.createTempDirectory("gild-bench-ledger");
    Settings settings =
        Settings.ofThisJvm()
            .property("gild.data", data.toString())
            .property("gild.ledger.enabled", String.valueOf(ledger))
            .property("gild.ledger.max-pending", String.valueOf(4 * calls))
            .build();
    try (GildRuntime runtime =
        GildRuntime.builder()
            .discover(LedgerAppends.class.getClassLoader())
            .settings(settings)
            .build()) {
      GovernedMethod model =
          runtime.method(MethodSpec.of("bench", "com.acme.Gpt", "chat", "()Ljava/lang/String;"));
      run(model);
      await(runtime, ledger);
      long start = System.nanoTime();
      run(model);
      double micros = (System.nanoTime() - start) / NANOS_PER_MICRO / calls;
      await(runtime, ledger);
      linesPerSecond = calls / ((System.nanoTime() - start) / NANOS_PER_SECOND);
      return micros;
    } finally {
      LedgerReads.delete(data);
    }
  }

  private void run(GovernedMethod model) {
    for (int i = 0; i < calls; i++) {
      AgentCall call = model.begin(null);
      call.proceed();
      call.recordUsage("gpt-4o-mini", TOKENS);
      call.returned("fine");
      call.proceed();
    }
  }

  private static void await(GildRuntime runtime, boolean ledger) throws InterruptedException {
    if (ledger && !CallLedger.of(runtime).flush(LONGEST)) {
      throw new IllegalStateException("The ledger has lost requests");
    }
  }
}
