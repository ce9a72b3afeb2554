package io.gild.coordination;

import io.gild.config.Experimental;
import io.gild.coordination.spi.EncodedEnvelope;
import java.time.Instant;

/** Makes dead letters ready to be delivered again, for engines. */
@Experimental
public final class ReplayedLetters {

  private ReplayedLetters() {}

  /**
   * Returns the message of a dead letter.
   *
   * @param letter the dead letter
   * @param now the time
   * @return the message, without a deadline that has passed
   * @throws UnreadableMessageException if this version of Gild cannot read it
   */
  public static EncodedEnvelope encode(DeadLetter letter, Instant now) {
    Envelope envelope = letter.envelope();
    return EncodedEnvelope.of(
        envelope.isExpired(now) ? envelope.toBuilder().deadline(null).build() : envelope);
  }
}
