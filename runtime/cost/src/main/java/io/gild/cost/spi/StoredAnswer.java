package io.gild.cost.spi;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * An answer as an {@link AnswerStore} returns it.
 *
 * @param content the bytes that were stored; the caller must not change them
 * @param remaining how long the answer stays in the store; above zero
 */
@Experimental
@SuppressWarnings("ArrayRecordComponent") // the bytes are compared by no one
public record StoredAnswer(byte[] content, Duration remaining) {

  /** Checks the values. */
  public StoredAnswer {
    Require.positive(remaining, "remaining");
  }
}
