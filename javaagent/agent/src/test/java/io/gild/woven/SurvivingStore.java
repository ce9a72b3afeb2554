package io.gild.woven;

import io.gild.core.RuntimeScope;
import io.gild.core.spi.Clock;
import io.gild.memory.InProcessSessionStore;
import io.gild.memory.MemoryException;
import io.gild.memory.SessionChange;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionOutcome;
import io.gild.memory.SessionSnapshot;
import io.gild.memory.spi.SessionStore;
import io.gild.memory.spi.SessionStoreProvider;
import java.util.List;

/** A store that outlives the agents of a test, and fails when told. */
public final class SurvivingStore implements SessionStore {

  static volatile boolean failing;
  private static SessionStore kept = empty();

  private static SessionStore empty() {
    return new InProcessSessionStore(1_000, 1 << 20, Clock.SYSTEM);
  }

  static void reset() {
    kept = empty();
    failing = false;
  }

  /** Returns what is kept. */
  static SessionStore kept() {
    return kept;
  }

  /** Opens it as {@code surviving}. */
  public static final class Provider implements SessionStoreProvider {

    @Override
    public String name() {
      return "surviving";
    }

    @Override
    public SessionStore open(RuntimeScope runtime) {
      return new SurvivingStore();
    }
  }

  private static SessionStore working() {
    if (failing) {
      throw new MemoryException("told to fail", null);
    }
    return kept;
  }

  @Override
  public SessionSnapshot read(SessionKey key) {
    return working().read(key);
  }

  @Override
  public SessionOutcome change(SessionKey key, SessionChange change) {
    return working().change(key, change);
  }

  @Override
  public boolean delete(SessionKey key) {
    return working().delete(key);
  }

  @Override
  public List<SessionKey> sessions(String tenant) {
    return working().sessions(tenant);
  }

  @Override
  public List<String> tenants() {
    return working().tenants();
  }

  @Override
  public int removeExpired() {
    return working().removeExpired();
  }

  @Override
  public void close() {}
}
