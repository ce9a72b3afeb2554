package io.gild.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in memory, within a number and a size; those used longest ago leave first. Each part of
 * the keys has its own lock, and a session is used under it. Thread-safe.
 */
final class SessionCache {

  private static final int PARTS = 64;

  private final List<Part> parts = new ArrayList<>(PARTS);

  /** Some of the sessions, those used last at the end. */
  private static final class Part {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<SessionKey, SessionState> states = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
  }

  /** The present state of one session, while its lock is held. */
  final class Slot {

    private final SessionKey key;
    private final Part part;

    private Slot(SessionKey key, Part part) {
      this.key = key;
      this.part = part;
    }

    @Nullable SessionState get() {
      return part.states.get(key);
    }

    /** Keeps a state, new or changed; returns how many others had to leave. */
    int put(SessionState state, long bytesBefore) {
      part.states.put(key, state);
      part.bytes += state.bytes() - bytesBefore;
      return evict(part);
    }

    boolean remove() {
      SessionState removed = part.states.remove(key);
      part.bytes -= removed == null ? 0 : removed.bytes();
      return removed != null;
    }
  }

  private final int sessionsPerPart;
  private final long bytesPerPart;

  SessionCache(int maxSessions, long maxBytes) {
    int number = Math.max(1, Math.min(PARTS, maxSessions));
    for (int i = 0; i < number; i++) {
      parts.add(new Part());
    }
    this.sessionsPerPart = (maxSessions + number - 1) / number;
    this.bytesPerPart = Math.max(1, maxBytes / number);
  }

  /** Uses a session under its lock. */
  <T> T with(SessionKey key, Function<Slot, T> use) {
    int hash = key.hashCode() * 0x9E3779B9;
    Part part = parts.get(Math.floorMod(hash ^ (hash >>> 16), parts.size()));
    part.lock.lock();
    try {
      return use.apply(new Slot(key, part));
    } finally {
      part.lock.unlock();
    }
  }

  private int evict(Part part) {
    int evicted = 0;
    Iterator<SessionState> oldest = part.states.values().iterator();
    while (part.states.size() > 1
        && (part.states.size() > sessionsPerPart || part.bytes > bytesPerPart)) {
      part.bytes -= oldest.next().bytes();
      oldest.remove();
      evicted++;
    }
    return evicted;
  }

  int removeExpired(Instant now) {
    int removed = 0;
    for (Part part : parts) {
      part.lock.lock();
      try {
        Iterator<SessionState> states = part.states.values().iterator();
        while (states.hasNext()) {
          SessionState state = states.next();
          if (state.isExpired(now)) {
            part.bytes -= state.bytes();
            states.remove();
            removed++;
          }
        }
      } finally {
        part.lock.unlock();
      }
    }
    return removed;
  }

  List<SessionKey> keys(Instant now) {
    List<SessionKey> keys = new ArrayList<>();
    for (Part part : parts) {
      part.lock.lock();
      try {
        part.states.forEach((key, state) -> {
          if (!state.isExpired(now)) {
            keys.add(key);
          }
        });
      } finally {
        part.lock.unlock();
      }
    }
    return keys;
  }

  void clear() {
    for (Part part : parts) {
      part.lock.lock();
      try {
        part.states.clear();
        part.bytes = 0;
      } finally {
        part.lock.unlock();
      }
    }
  }
}
