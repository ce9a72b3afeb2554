package io.gild.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallLabels;
import io.gild.core.CostDimension;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is killed while it writes the ledger loses no entry that was acknowledged. */
class KilledLedgerTests {

  /** More with {@code -Dgild.kills=200}. */
  private static final int KILLS = Integer.getInteger("gild.kills", 5);

  private static final BigDecimal PRICE = new BigDecimal("0.00021");

  @TempDir Path folder;

  /** Calls a model until it is killed, and prints how many requests are acknowledged. */
  static final class Writer {

    public static void main(String[] args) throws Exception {
      Settings settings =
          Settings.ofThisJvm()
              .property("gild.data", args[0])
              .property("gild.ledger.enabled", "true")
              .property("gild.ledger.max-file-bytes", "20000")
              .build();
      GildRuntime runtime =
          GildRuntime.builder().discover(Writer.class.getClassLoader()).settings(settings).build();
      GovernedMethod model =
          runtime.method(MethodSpec.of("gpt", "com.acme.Gpt", "chat", "()Ljava/lang/String;"));
      CallLabels.of(CostDimension.TENANT, args[1]).open();
      System.out.println("started");
      Random random = new Random();
      for (long done = 0; ; ) {
        for (int batch = 1 + random.nextInt(20); batch > 0; batch--, done++) {
          AgentCall call = model.begin(null);
          call.proceed();
          call.recordUsage("gpt-4o-mini", Usage.of(1_000, 100));
          call.returned("fine");
          call.proceed();
        }
        if (CallLedger.of(runtime).flush(Duration.ofSeconds(20))) {
          System.out.println("acknowledged " + done);
        }
      }
    }
  }

  @Test
  void losesNothingThatWasAcknowledged(TestReporter reporter) throws Exception {
    Random random = new Random(11);
    long all = 0;
    for (int kill = 0; kill < KILLS || all == 0 && kill < 10 * KILLS; kill++) {
      String run = "r" + kill;
      long acknowledged = killed(run, random.nextInt(300));
      LedgerReport report =
          ledger().query(List.of(LedgerQuery.all().where(CostDimension.TENANT, run))).get(0);
      LedgerSums sums = report.total();
      assertThat(sums.requests()).isBetween(acknowledged, acknowledged + 20);
      assertThat(sums.usd()).isEqualByComparingTo(PRICE.multiply(new BigDecimal(sums.requests())));
      assertThat(sums.lost()).isZero();
      all += acknowledged;
    }
    assertThat(all).isPositive();
    reporter.publishEntry("acknowledged requests", String.valueOf(all));
  }

  private FolderLedger ledger() {
    return new FolderLedger(folder.resolve("ledger"), 1 << 20);
  }

  /** Starts a writer, kills it after a while, and returns how many requests it acknowledged. */
  private long killed(String run, int millis) throws IOException, InterruptedException {
    Path printed = folder.resolve(run + ".txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Writer.class.getName(),
                folder.toString(),
                run)
            .redirectOutput(printed.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      Instant deadline = Instant.now().plusSeconds(60);
      while (!Files.readString(printed).startsWith("started")) {
        assertThat(process.isAlive() && Instant.now().isBefore(deadline)).isTrue();
        Thread.sleep(5);
      }
      Thread.sleep(millis);
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
    String whole = Files.readString(printed);
    return whole
        .substring(0, whole.lastIndexOf('\n') + 1) // the last line may be torn
        .lines()
        .filter(line -> line.startsWith("acknowledged "))
        .mapToLong(line -> Long.parseLong(line.substring("acknowledged ".length())))
        .max()
        .orElse(0);
  }
}
