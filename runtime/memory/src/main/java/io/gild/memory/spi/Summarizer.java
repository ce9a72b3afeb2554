package io.gild.memory.spi;

import io.gild.config.Experimental;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shortens the turns that leave a session. Thread-safe. */
@Experimental
public interface Summarizer {

  /**
   * Summarizes turns together with the summary of those before.
   *
   * @param previous the summary so far, or {@code null}
   * @param turns the messages that leave the session, in order; at least one
   * @param maxTokens about how long the summary may be; 1 or more
   * @return the new summary in place of the previous one; not blank
   * @throws Exception if there is none; the session is then summarized without a model
   */
  String summarize(@Nullable SessionSummary previous, List<SessionMessage> turns, int maxTokens)
      throws Exception;
}
