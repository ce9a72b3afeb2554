package io.gild.twin;

import io.gild.core.spi.Clock;
import io.gild.memory.SessionChange;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionSnapshot;
import io.gild.memory.SessionSummary;
import io.gild.memory.spi.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sessions of an agent those of a twin. Doing it twice changes nothing more. Not
 * thread-safe.
 */
final class SessionRestore {

  /** A session expires some time after it is written, and that takes a moment. */
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final SessionStore store;
  private final String agent;
  private final Clock clock;
  private final boolean dry;
  private final Set<SessionKey> kept = new HashSet<>();
  private long written;
  private long removed;
  private long same;
  private long expired;

  SessionRestore(SessionStore store, String agent, Clock clock, boolean dry) {
    this.store = store;
    this.agent = agent;
    this.clock = clock;
    this.dry = dry;
  }

  void add(SessionSnapshot session) {
    Instant now = clock.now();
    Instant expires = session.expires();
    if (expires != null && !expires.isAfter(now)) {
      expired++;
      return;
    }
    kept.add(session.key());
    SessionSnapshot old = store.read(session.key());
    if (old.revision() > 0 && isSame(old, session)) {
      same++;
      return;
    }
    written++;
    if (!dry) {
      store.delete(session.key()); // a session remembers ids and would not append them again
      store.change(session.key(), change(session, now));
    }
  }

  private static boolean isSame(SessionSnapshot one, SessionSnapshot other) {
    return one.messages().equals(other.messages())
        && Objects.equals(one.summary(), other.summary())
        && one.values().equals(other.values())
        && isClose(one.expires(), other.expires());
  }

  private static boolean isClose(@Nullable Instant one, @Nullable Instant other) {
    return one == null || other == null
        ? one == other
        : Duration.between(one, other).abs().compareTo(CLOSE) <= 0;
  }

  private static SessionChange change(SessionSnapshot session, Instant now) {
    SessionChange.Builder change = SessionChange.builder().append(session.messages());
    SessionSummary summary = session.summary();
    if (summary != null) {
      change.summary(summary);
    }
    session
        .values()
        .forEach(
            (name, json) -> change.value(new SessionChange.ValueChange(name, false, null, json)));
    Instant expires = session.expires();
    if (expires != null) {
      change.timeToLive(Duration.between(now, expires));
    }
    return change.build();
  }

  /** Deletes what the twin does not have. */
  void finish() {
    for (String tenant : List.copyOf(store.tenants())) {
      for (SessionKey key : store.sessions(tenant)) {
        if (key.agent().equals(agent) && !kept.contains(key)) {
          removed++;
          if (!dry) {
            store.delete(key);
          }
        }
      }
    }
  }

  long written() {
    return written;
  }

  long removed() {
    return removed;
  }

  long same() {
    return same;
  }

  long expired() {
    return expired;
  }
}
