package io.gild.coordination;

import io.gild.config.Experimental;

/**
 * What became of a published message.
 *
 * @param id the id of the message
 * @param outcome where it is
 */
@Experimental
public record PublishReceipt(String id, Outcome outcome) {

  /** Where a published message is. */
  public enum Outcome {
    /** The broker holds it for at least one subscription. */
    HELD,
    /** The broker has accepted a message with the same idempotency key shortly before. */
    DUPLICATE,
    /** No subscription matches its topic, so it was dropped. Messages to inboxes never are. */
    NO_SUBSCRIPTION,
    /** No subscription matches its inbox, so it is in the dead letters. */
    DEAD_LETTER
  }
}
