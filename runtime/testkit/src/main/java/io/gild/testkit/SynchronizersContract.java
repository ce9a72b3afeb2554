package io.gild.testkit;

import static org.junit.jupiter.api.Assertions.fail;

import io.gild.config.Experimental;
import io.gild.core.spi.Clock;
import io.gild.synchronizers.Synchronizers;
import io.gild.synchronizers.spi.LeaseStore;
import io.gild.synchronizers.spi.SynchronizerKey;
import io.gild.synchronizers.spi.SynchronizerKey.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** What the contracts of all synchronizers share: processes that use one engine. */
@Experimental
@Timeout(120)
public abstract class SynchronizersContract {

  /** A lease that a test waits for; long enough for a busy machine to renew it in time. */
  static final Duration LEASE = Duration.ofSeconds(2);

  /** A lease that does not end during a test. */
  static final Duration LONG_LEASE = Duration.ofHours(1);

  /** Longer than anything takes that is expected to happen. */
  static final Duration SOON = Duration.ofSeconds(30);

  private static final int DEADLINE_SECONDS = 60;
  private static final int POLL_MILLIS = 5;

  /** A name that no other test has. */
  final String name = "test " + UUID.randomUUID() + " é/{}*.>";

  /** Threads that wait. */
  final ExecutorService threads = Executors.newCachedThreadPool();

  private final List<AutoCloseable> opened = new ArrayList<>();

  /** Creates the tests. */
  protected SynchronizersContract() {}

  /**
   * Connects to the engine as a process of its own does. All connections of a test see one state.
   *
   * @return a connection; closed after the test
   * @throws Exception if that is impossible
   */
  protected abstract LeaseStore connect() throws Exception;

  /** A process that uses synchronizers. */
  record Peer(Synchronizers synchronizers, CutOffStore store) implements AutoCloseable {

    @Override
    public void close() {
      store.mend();
      synchronizers.close();
    }
  }

  Peer peer() throws Exception {
    CutOffStore store = new CutOffStore(connect());
    Peer peer = new Peer(Synchronizers.of(store, LEASE, Clock.SYSTEM), store);
    opened.add(peer);
    return peer;
  }

  /** Connects without synchronizers. */
  LeaseStore store() throws Exception {
    LeaseStore store = connect();
    opened.add(store);
    return store;
  }

  SynchronizerKey key(Kind kind) {
    return new SynchronizerKey(kind, "", name);
  }

  /** Waits for a condition. */
  static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("still not: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  @AfterEach
  void close() throws Exception {
    threads.shutdownNow();
    for (AutoCloseable each : opened) {
      each.close();
    }
  }
}
