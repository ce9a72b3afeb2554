package io.gild.anomalies;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.MethodSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SampleRingTests {

  private static final MethodWatch WATCH =
      new MethodWatch(
          MethodSpec.of("support", "com.acme.Support", "answer", "()V"),
          new AnomalyPolicy(1, 100, Duration.ofHours(1)),
          0);

  @Test
  void passesSamplesInOrder() {
    SampleRing ring = new SampleRing(8);
    List<Float> read = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ring.write(WATCH, 0, i, Float.NaN, Float.NaN);
      ring.drain((watch, kind, seconds, usd, tokens) -> read.add(seconds));
    }

    assertThat(read).hasSize(20).isSorted();
    assertThat(ring.dropped()).isZero();
  }

  @Test
  void dropsAndCountsSamplesThatFindNoRoom() {
    SampleRing ring = new SampleRing(4);
    for (int i = 0; i < 10; i++) {
      ring.write(WATCH, 0, i, 0, 0);
    }
    List<Float> read = new ArrayList<>();
    ring.drain((watch, kind, seconds, usd, tokens) -> read.add(seconds));

    assertThat(read).containsExactly(0f, 1f, 2f, 3f);
    assertThat(ring.dropped()).isEqualTo(6);
  }

  @Test
  void losesNothingOfConcurrentWriters() throws Exception {
    SampleRing ring = new SampleRing(1 << 12);
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> writers = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread writer = new Thread(() -> write(ring, begin));
      writer.start();
      writers.add(writer);
    }
    long[] count = {0};
    SampleRing.Reader reader =
        (watch, kind, seconds, usd, tokens) -> {
          assertThat(watch).isSameAs(WATCH);
          assertThat(seconds).isEqualTo(kind);
          assertThat(usd).isEqualTo(2 * kind);
          assertThat(tokens).isEqualTo(3 * kind);
          count[0]++;
        };
    begin.countDown();
    while (writers.stream().anyMatch(Thread::isAlive)) {
      ring.drain(reader);
    }
    ring.drain(reader);

    assertThat(count[0]).isPositive();
    assertThat(count[0] + ring.dropped()).isEqualTo(40_000);
  }

  private static void write(SampleRing ring, CountDownLatch begin) {
    try {
      begin.await();
    } catch (InterruptedException interrupted) {
      return;
    }
    for (int i = 1; i <= 10_000; i++) {
      ring.write(WATCH, i, i, 2 * i, 3 * i);
    }
  }
}
