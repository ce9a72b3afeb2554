package io.gild.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Usage;
import io.gild.core.Attribution;
import io.gild.core.spi.Clock;
import io.gild.ledger.LedgerSettings.Form;
import io.gild.ledger.spi.LedgerSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerWriterTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  /** Fails as often as wanted, like a full disk. */
  private static final class FailingSink implements LedgerSink {

    private final InProcessLedger kept = new InProcessLedger(100_000);
    private final AtomicInteger failures;

    FailingSink(int failures) {
      this.failures = new AtomicInteger(failures);
    }

    @Override
    public void append(List<LedgerEntry> entries) throws IOException {
      if (failures.getAndDecrement() > 0) {
        throw new IOException("No space left on device");
      }
      kept.append(entries);
    }

    @Override
    public List<LedgerReport> query(List<LedgerQuery> queries) {
      return kept.query(queries);
    }

    @Override
    public void close() {}

    LedgerSums total() {
      return query(List.of(LedgerQuery.all())).get(0).total();
    }
  }

  private LedgerWriter writer(LedgerSink sink, int most) {
    LedgerSettings.Ids ids = new LedgerSettings.Ids(Form.PLAIN, Form.PLAIN, Form.PLAIN, Form.PLAIN);
    return new LedgerWriter(
        () -> sink,
        new LedgerLines(new LedgerIds(ids, folder.resolve("key"))),
        Clock.SYSTEM,
        new LedgerSettings(
            true, "folder", null, Duration.ofDays(400), 1 << 20, most, ids, true, null));
  }

  private static PendingEntry request() {
    return PendingEntry.usage(Instant.now(), Attribution.NONE, Usage.of(10, 1), 5, 1, false);
  }

  @Test
  void triesAgainUntilTheDiskHasRoomAndLosesNothing() throws Exception {
    FailingSink sink = new FailingSink(2);
    try (LedgerWriter writer = writer(sink, 1_000)) {
      for (int i = 0; i < 500; i++) {
        writer.accept(request());
      }
      assertThat(writer.flush(SOON)).isTrue();
      assertThat(writer.pending()).isZero();
      assertThat(writer.written()).isEqualTo(500);
    }
    assertThat(sink.total().requests()).isEqualTo(500);
    assertThat(sink.total().lost()).isZero();
  }

  @Test
  void saysInTheLedgerHowManyAreMissing() throws Exception {
    FailingSink sink = new FailingSink(1);
    try (LedgerWriter writer = writer(sink, 100)) {
      for (int i = 0; i < 150; i++) {
        writer.accept(request());
      }
      assertThat(writer.lost()).isEqualTo(50);
      writer.flush(SOON);
      while (sink.total().lost() < 50) {
        Thread.sleep(5);
      }
    }
    assertThat(sink.total().requests()).isEqualTo(100);
    assertThat(sink.total().lost()).isEqualTo(50);
  }

  @Test
  void writesWhatIsQueuedWhenItIsClosedAndNothingAfterwards() {
    FailingSink sink = new FailingSink(0);
    LedgerWriter writer = writer(sink, 10_000);
    for (int i = 0; i < 5_000; i++) {
      writer.accept(request());
    }
    writer.close();
    writer.accept(request());
    assertThat(sink.total().requests()).isEqualTo(5_000);
    assertThat(writer.lost()).isEqualTo(1);
  }

  @Test
  void loopsOverAllThreadsWithoutLossOrDuplicates() throws Exception {
    FailingSink sink = new FailingSink(0);
    try (LedgerWriter writer = writer(sink, 1_000_000)) {
      Thread[] threads = new Thread[8];
      for (int i = 0; i < threads.length; i++) {
        threads[i] =
            new Thread(() -> {
              for (int j = 0; j < 2_000; j++) {
                writer.accept(request());
              }
            });
        threads[i].start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(writer.flush(SOON)).isTrue();
    }
    assertThat(sink.total().requests()).isEqualTo(16_000);
    assertThat(sink.total().usd()).isEqualByComparingTo("0.00008");
  }
}
