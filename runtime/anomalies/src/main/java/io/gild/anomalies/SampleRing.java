package io.gild.anomalies;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Passes samples from the threads of calls to the one thread that judges them, without allocating.
 * Samples that find it full are dropped and counted. Any number of writers, one reader at a time.
 */
final class SampleRing {

  /** Receives samples. */
  interface Reader {

    /** Receives one sample; {@code NaN} stands for a value that the call does not have. */
    void read(MethodWatch watch, int kind, float seconds, float usd, float tokens);
  }

  private final AtomicReferenceArray<@Nullable MethodWatch> watches;
  private final int[] kinds;
  private final float[] seconds;
  private final float[] usd;
  private final float[] tokens;
  private final int mask;
  private final AtomicLong head = new AtomicLong();
  private final AtomicLong tail = new AtomicLong();
  private final LongAdder dropped = new LongAdder();

  /**
   * Makes an empty ring.
   *
   * @param capacity a power of two
   */
  SampleRing(int capacity) {
    watches = new AtomicReferenceArray<>(capacity);
    kinds = new int[capacity];
    seconds = new float[capacity];
    usd = new float[capacity];
    tokens = new float[capacity];
    mask = capacity - 1;
  }

  void write(MethodWatch watch, int kind, float seconds, float usd, float tokens) {
    long place;
    do {
      place = tail.get();
      if (place - head.get() > mask) {
        dropped.increment();
        return;
      }
    } while (!tail.compareAndSet(place, place + 1));
    int slot = (int) place & mask;
    kinds[slot] = kind;
    this.seconds[slot] = seconds;
    this.usd[slot] = usd;
    this.tokens[slot] = tokens;
    watches.setRelease(slot, watch);
  }

  /** Reads all samples that are complete, in order. */
  void drain(Reader reader) {
    for (long place = head.get(); place < tail.get(); place++) {
      int slot = (int) place & mask;
      MethodWatch watch = watches.getAcquire(slot);
      if (watch == null) {
        return; // its writer is not done
      }
      int kind = kinds[slot];
      float second = seconds[slot];
      float dollars = usd[slot];
      float token = tokens[slot];
      watches.setRelease(slot, null);
      head.set(place + 1);
      reader.read(watch, kind, second, dollars, token);
    }
  }

  /** Returns how many samples were dropped. */
  long dropped() {
    return dropped.sum();
  }
}
