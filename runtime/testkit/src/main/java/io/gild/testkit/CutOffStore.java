package io.gild.testkit;

import io.gild.synchronizers.SynchronizerException;
import io.gild.synchronizers.spi.Arrival;
import io.gild.synchronizers.spi.Claim;
import io.gild.synchronizers.spi.ClaimRequest;
import io.gild.synchronizers.spi.LeaseStore;
import io.gild.synchronizers.spi.QueueBounds;
import io.gild.synchronizers.spi.QueueElement;
import io.gild.synchronizers.spi.SynchronizerKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An engine of one process, which can be cut off from it as if the process or the net had died. */
final class CutOffStore implements LeaseStore {

  private final LeaseStore store;
  private final AtomicInteger renewals = new AtomicInteger();
  private volatile boolean cut;

  CutOffStore(LeaseStore store) {
    this.store = store;
  }

  void cut() {
    cut = true;
  }

  void mend() {
    cut = false;
  }

  /** Returns how many leases were renewed. */
  int renewals() {
    return renewals.get();
  }

  private <A extends @Nullable Object> A call(Supplier<A> operation) {
    if (cut) {
      throw new SynchronizerException("This process was cut off by the test");
    }
    return operation.get();
  }

  @Override
  public Claim claim(SynchronizerKey key, ClaimRequest request) {
    return call(() -> store.claim(key, request));
  }

  @Override
  public Arrival arrive(
      SynchronizerKey key, String id, long generation, int parties, Duration lease) {
    return call(() -> store.arrive(key, id, generation, parties, lease));
  }

  @Override
  public boolean offer(SynchronizerKey key, QueueElement element, QueueBounds bounds) {
    return call(() -> store.offer(key, element, bounds));
  }

  @Override
  public @Nullable QueueElement take(SynchronizerKey key, String id, Duration lease) {
    return this.<@Nullable QueueElement>call(() -> store.take(key, id, lease));
  }

  @Override
  public boolean finish(SynchronizerKey key, String id) {
    return call(() -> store.finish(key, id));
  }

  @Override
  public boolean renew(SynchronizerKey key, String id, Duration lease) {
    renewals.incrementAndGet();
    return call(() -> store.renew(key, id, lease));
  }

  @Override
  public boolean release(SynchronizerKey key, String id) {
    return call(() -> store.release(key, id));
  }

  @Override
  public Watch watch(SynchronizerKey key, Consumer<String> listener) {
    return store.watch(key, listener);
  }

  @Override
  public Duration longestPause() {
    return store.longestPause();
  }

  @Override
  public void close() {
    store.close();
  }
}
