package io.gild.synchronizers;

import io.gild.synchronizers.spi.LeaseStore;
import io.gild.synchronizers.spi.LeaseStore.Watch;
import io.gild.synchronizers.spi.SynchronizerKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Those that wait in this process; one watch of the engine serves all of a key. Thread-safe. */
final class WakeUps {

  private static final class Waiters {

    private final Map<String, Runnable> byId = new HashMap<>();
    private @Nullable Watch watch;
  }

  private final LeaseStore store;
  private final Map<SynchronizerKey, Waiters> waiting = new HashMap<>();
  private boolean closed;

  WakeUps(LeaseStore store) {
    this.store = store;
  }

  /**
   * Lets a caller be woken until the returned watch is closed.
   *
   * @param wake is quick
   */
  Watch add(SynchronizerKey key, String id, Runnable wake) {
    synchronized (this) {
      Waiters all = waiting.computeIfAbsent(key, absent -> new Waiters());
      all.byId.put(id, wake);
      if (all.watch == null) {
        all.watch = store.watch(key, woken -> wake(key, woken));
      }
    }
    return () -> remove(key, id);
  }

  private void remove(SynchronizerKey key, String id) {
    Watch last = null;
    synchronized (this) {
      Waiters all = waiting.get(key);
      if (all != null && all.byId.remove(id) != null && all.byId.isEmpty()) {
        waiting.remove(key);
        last = all.watch;
      }
    }
    if (last != null) {
      last.close();
    }
  }

  private void wake(SynchronizerKey key, String id) {
    List<Runnable> woken = List.of();
    synchronized (this) {
      Waiters all = waiting.get(key);
      if (all != null && id.isEmpty()) {
        woken = List.copyOf(all.byId.values());
      } else if (all != null && all.byId.containsKey(id)) {
        woken = List.of(all.byId.get(id));
      }
    }
    woken.forEach(Runnable::run);
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Wakes all, who then find it closed. */
  void close() {
    List<SynchronizerKey> keys;
    synchronized (this) {
      closed = true;
      keys = List.copyOf(waiting.keySet());
    }
    keys.forEach(key -> wake(key, ""));
  }
}
