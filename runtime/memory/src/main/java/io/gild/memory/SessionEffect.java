package io.gild.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a change comes to in one session, so that it can be written down before it is done, and done
 * again from what was written.
 *
 * @param revision the revision afterwards
 * @param gone ids of the messages that are removed, those that are trimmed among them
 * @param trimmed how many of them are trimmed
 * @param added the messages that are appended
 * @param pins whether a message is pinned, by id
 * @param summary the new summary, or {@code null} to keep the present one
 * @param values the new JSON by name; {@code null} removes the value
 * @param expires when the session expires, or {@code null} for never
 */
record SessionEffect(
    long revision,
    Collection<String> gone,
    int trimmed,
    List<SessionMessage> added,
    Map<String, Boolean> pins,
    @Nullable SessionSummary summary,
    Map<String, @Nullable String> values,
    @Nullable Instant expires) {

  /** Returns whether the content of the session stays as it is. */
  boolean isEmpty() {
    return gone.isEmpty()
        && added.isEmpty()
        && pins.isEmpty()
        && summary == null
        && values.isEmpty();
  }
}
