package io.gild.memory.spi;

import io.gild.config.Experimental;
import io.gild.memory.SessionMessage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Translates between the messages of a framework and those of sessions. Thread-safe.
 *
 * @param <M> the framework's type of messages
 */
@Experimental
public interface MessageForm<M> {

  /**
   * Returns a message as a session keeps it.
   *
   * @param id its id
   * @param message the message
   * @param at when it was said
   * @return a message whose data has everything that {@link #read} needs
   * @throws IllegalArgumentException if a part of the message cannot be kept; the text names it
   */
  SessionMessage write(String id, M message, Instant at);

  /**
   * Returns a message as the framework has it.
   *
   * @param message a message of a session, of this form or from elsewhere
   * @return the message; {@code null} if the framework has no form for it
   */
  @Nullable M read(SessionMessage message);

  /**
   * Returns instructions that include the summary of earlier turns.
   *
   * @param instructions the instructions of the session, or {@code null} if it has none
   * @param summary the summary
   * @return a message of the system
   */
  M withSummary(@Nullable M instructions, String summary);

  /**
   * Returns the tools that a message requests.
   *
   * @param message the message
   * @return ids of the requests; empty if there are none, or they have no ids
   */
  List<String> requests(M message);

  /**
   * Returns the requests to which a message has the results.
   *
   * @param message the message
   * @return ids of the requests; empty if there are none, or they have no ids
   */
  List<String> results(M message);
}
