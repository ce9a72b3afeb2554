package io.gild.memory;

import io.gild.config.Experimental;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A session at one moment; immutable.
 *
 * @param key identifies the session
 * @param revision grows with every change; 0 if there is no such session
 * @param messages the messages in order
 * @param summary what the removed turns were about, or {@code null}
 * @param values the values of its context, as JSON by name
 * @param expires when it expires, or {@code null} for never
 */
@Experimental
public record SessionSnapshot(
    SessionKey key,
    long revision,
    List<SessionMessage> messages,
    @Nullable SessionSummary summary,
    Map<String, String> values,
    @Nullable Instant expires) {

  /** Copies the collections. */
  public SessionSnapshot {
    messages = List.copyOf(messages);
    values = values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /**
   * Returns a session without content.
   *
   * @param key its key
   * @return a session that does not exist
   */
  public static SessionSnapshot empty(SessionKey key) {
    return new SessionSnapshot(key, 0, List.of(), null, Map.of(), null);
  }

  /**
   * Returns the tokens of all messages, without the summary.
   *
   * @return zero or more
   */
  public long tokens() {
    return SessionTurns.tokens(messages);
  }
}
