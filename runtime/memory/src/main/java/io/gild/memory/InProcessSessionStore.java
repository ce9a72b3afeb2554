package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import io.gild.memory.spi.SessionStore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in this JVM: they end with it. If there are too many, those used longest ago are
 * lost, and the first time a line is logged.
 */
@Experimental
public final class InProcessSessionStore implements SessionStore {

  private final SessionCache cache;
  private final Clock clock;
  private final int maxSessions;
  private final long maxBytes;

  /**
   * Creates an empty store.
   *
   * @param maxSessions the most sessions; 1 or more
   * @param maxBytes the most bytes of the heap that they take, as estimated; 1 or more. The most
   *     recent session is kept even if it is larger.
   * @param clock decides when a session has expired
   */
  public InProcessSessionStore(int maxSessions, long maxBytes, Clock clock) {
    Require.atLeast(1, maxSessions, "max-sessions");
    Require.atLeast(1, maxBytes, "max-bytes");
    this.cache = new SessionCache(maxSessions, maxBytes);
    this.clock = clock;
    this.maxSessions = maxSessions;
    this.maxBytes = maxBytes;
  }

  @Override
  public SessionSnapshot read(SessionKey key) {
    return cache.with(
        key,
        slot -> {
          SessionState state = present(slot, clock.now());
          return state == null ? SessionSnapshot.empty(key) : state.snapshot(key);
        });
  }

  @Override
  public SessionOutcome change(SessionKey key, SessionChange change) {
    return cache.with(key, slot -> change(slot, change));
  }

  private SessionOutcome change(SessionCache.Slot slot, SessionChange change) {
    Instant now = clock.now();
    SessionState present = present(slot, now);
    SessionState state = present == null ? new SessionState() : present;
    SessionEffect effect = state.plan(change, now);
    if (effect == null || present == null && effect.isEmpty()) {
      return state.outcome(effect);
    }
    long before = state.bytes();
    state.accept(effect);
    if (slot.put(state, before) > 0) {
      GildLog.infoOnce(
          "Sessions in memory exceed %,d sessions or %,d bytes, so the oldest are lost: keep them in a folder or in Redis (memory.session.store)"
              .formatted(maxSessions, maxBytes));
    }
    return state.outcome(effect);
  }

  private static @Nullable SessionState present(SessionCache.Slot slot, Instant now) {
    SessionState state = slot.get();
    if (state != null && state.isExpired(now)) {
      slot.remove();
      return null;
    }
    return state;
  }

  @Override
  public boolean delete(SessionKey key) {
    return cache.with(key, SessionCache.Slot::remove);
  }

  @Override
  public List<SessionKey> sessions(String tenant) {
    return cache.keys(clock.now()).stream()
        .filter(key -> Objects.equals(key.tenant(), tenant))
        .toList();
  }

  @Override
  public List<String> tenants() {
    return cache.keys(clock.now()).stream().map(SessionKey::tenant).distinct().toList();
  }

  @Override
  public int removeExpired() {
    return cache.removeExpired(clock.now());
  }

  /** Forgets all sessions. */
  @Override
  public void close() {
    cache.clear();
  }
}
