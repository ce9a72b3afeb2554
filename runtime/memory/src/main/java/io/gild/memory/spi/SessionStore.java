package io.gild.memory.spi;

import io.gild.config.Experimental;
import io.gild.memory.SessionChange;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionOutcome;
import io.gild.memory.SessionSnapshot;
import java.util.List;

/**
 * Keeps sessions. Thread-safe; each change is one step, also for other JVMs that use the same
 * store, so that two writers lose nothing. A change that returned is not lost by the death of the
 * JVM, unless the store keeps sessions in this JVM alone.
 *
 * <p>An implementation runs {@code SessionStoreContract} of {@code gild-testkit}. A failure is a
 * {@link io.gild.memory.MemoryException}.
 */
@Experimental
public interface SessionStore extends AutoCloseable {

  /**
   * Reads a session.
   *
   * @param key identifies the session
   * @return the session; {@linkplain SessionSnapshot#empty empty} if there is none or it has
   *     expired
   */
  SessionSnapshot read(SessionKey key);

  /**
   * Changes a session, and creates it if it is missing.
   *
   * @param key identifies the session
   * @param change the change
   * @return what it did
   */
  SessionOutcome change(SessionKey key, SessionChange change);

  /**
   * Deletes a session with everything in it.
   *
   * @param key identifies the session
   * @return whether there was one
   */
  boolean delete(SessionKey key);

  /**
   * Lists the sessions of a tenant that have not expired.
   *
   * @param tenant the tenant; empty for sessions without one
   * @return their keys, in no particular order
   */
  List<SessionKey> sessions(String tenant);

  /**
   * Lists the tenants that have sessions.
   *
   * @return their names, in no particular order
   */
  List<String> tenants();

  /**
   * Deletes what has expired, if the store does not do so by itself.
   *
   * @return how many sessions were deleted
   */
  int removeExpired();

  @Override
  void close();
}
