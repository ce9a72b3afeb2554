package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Usage;
import io.gild.core.MethodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CallRingTests {

  private static final int ROWS_OF_A_WRITER = 200_000;

  private final MethodSpec method =
      MethodSpec.of("support", "com.acme.Support", "answer", "()Ljava/lang/String;");

  private void write(CallRing ring, long value) {
    long number = ring.claim();
    int place = ring.begin(number);
    if (place < 0) {
      return;
    }
    ring.method(place, method);
    ring.identity(place, value, value, value);
    ring.span(place, value, value, value);
    ring.times(place, value, value, value, value);
    ring.money(place, value, value, Usage.of(value, value), Usage.NONE);
    ring.counts(place, (int) value, (int) value, (int) value, (int) value, (int) value);
    ring.bits(place, CallRow.Kind.AGENT, CallRow.Outcome.SUCCESS, 0, 0);
    ring.names(place, String.valueOf(value), null, null, String.valueOf(value));
    ring.ways(place, null, null, null);
    ring.end(place, number);
  }

  @Test
  void keepsTheNewestRows() {
    CallRing ring = new CallRing(16);
    for (int i = 1; i <= 40; i++) {
      write(ring, i);
    }
    CallRow row = new CallRow();
    assertThat(ring.first()).isEqualTo(25);
    assertThat(ring.read(24, row)).isFalse();
    assertThat(ring.read(25, row)).isTrue();
    assertThat(row.number).isEqualTo(25);
    assertThat(row.model).isEqualTo("25");
    assertThat(ring.read(41, row)).isFalse();
  }

  @Test
  void skipsARowThatIsBeingWritten() {
    CallRing ring = new CallRing(16);
    write(ring, 1);
    long number = ring.claim();
    int place = ring.begin(number);
    ring.identity(place, 7, 0, 7);
    assertThat(ring.read(number, new CallRow())).isFalse();
    ring.end(place, number);
    assertThat(ring.read(number, new CallRow())).isTrue();
  }

  @Test
  void dropsAndCountsARowWhosePlaceIsStillBeingWritten() {
    CallRing ring = new CallRing(16);
    long stalled = ring.claim();
    int place = ring.begin(stalled);
    for (int i = 0; i < 16; i++) {
      write(ring, 100 + i);
    }
    assertThat(ring.dropped()).isEqualTo(1);
    ring.end(place, stalled);
    write(ring, 500);
    assertThat(ring.dropped()).isEqualTo(1);
  }

  @Test
  void neverShowsATornRow() throws Exception {
    CallRing ring = new CallRing(16);
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int first = i * ROWS_OF_A_WRITER + 1;
        writers.add(
            threads.submit(() -> {
              for (int value = first; value < first + ROWS_OF_A_WRITER; value++) {
                write(ring, value);
              }
            }));
      }
      Callable<Long> reading =
          () -> {
            CallRow row = new CallRow();
            long read = 0;
            while (!over.get()) {
              for (long number = ring.last(); number >= ring.first(); number--) {
                if (ring.read(number, row)) {
                  read++;
                  requireWhole(row);
                }
              }
            }
            return read;
          };
      Future<Long> reader = threads.submit(reading);
      for (Future<?> writer : writers) {
        writer.get();
      }
      over.set(true);
      assertThat(reader.get()).isPositive();
    } finally {
      threads.shutdownNow();
    }
    assertThat(ring.last()).isEqualTo(3L * ROWS_OF_A_WRITER);
  }

  private static void requireWhole(CallRow row) {
    boolean whole =
        row.parent == row.number
            && row.endMillis == row.number
            && row.durationNanos == row.number
            && row.nanoUsd == row.number
            && row.outputTokens == row.number
            && row.status == (int) row.number
            && String.valueOf(row.number).equals(row.model)
            && String.valueOf(row.number).equals(row.session);
    if (!whole) {
      throw new AssertionError("torn: " + row.number + " " + row.model + " " + row.endMillis);
    }
  }

  @Test
  void copiesRowsToAnotherRing() {
    CallRing ring = new CallRing(16);
    CallRing kept = new CallRing(16);
    for (int i = 1; i <= 20; i++) {
      write(ring, i);
    }
    kept.take(ring, 20);
    kept.take(ring, 1); // long overwritten
    CallRow row = new CallRow();
    assertThat(kept.read(1, row)).isTrue();
    assertThat(row.number).isEqualTo(20);
    assertThat(row.sequence).isEqualTo(20);
    assertThat(kept.read(2, row)).isTrue();
    assertThat(row.number).isZero();
  }
}
