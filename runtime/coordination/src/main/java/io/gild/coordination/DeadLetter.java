package io.gild.coordination;

import io.gild.config.Experimental;
import java.time.Instant;

/**
 * A message that was accepted and is delivered no longer.
 *
 * @param id identifies the dead letter
 * @param reason why
 * @param detail the failure, such as the exception of the last handler; may be empty. It may hold
 *     parts of the message.
 * @param topic the topic of the message
 * @param subscription the subscription that did not handle it; empty if there was none
 * @param deliveries how often it was delivered; 0 or more
 * @param at when it became a dead letter
 * @param json the message as it was sent, which may be unreadable
 */
@Experimental
public record DeadLetter(
    String id,
    Reason reason,
    String detail,
    String topic,
    String subscription,
    int deliveries,
    Instant at,
    String json) {

  /** Why a message is delivered no longer. */
  public enum Reason {
    /** It was delivered as often as its subscription allows, and never handled. */
    MAX_DELIVERIES,
    /** Its deadline passed before its handler began. */
    EXPIRED,
    /** Its intent is unknown to the receiver's version of Gild. */
    UNKNOWN_INTENT,
    /** It is not a message of Gild. */
    UNREADABLE,
    /** No subscription matched its inbox. */
    NO_SUBSCRIPTION,
    /** Its subscription was removed before it was handled. */
    SUBSCRIPTION_REMOVED,
    /** Its handler rejected it. */
    REJECTED,
    /** Its handler may or may not have finished, and must not run twice. */
    OUTCOME_UNKNOWN
  }

  /**
   * Reads the message.
   *
   * @return the message
   * @throws UnreadableMessageException if it is unreadable
   */
  public Envelope envelope() {
    return EnvelopeJson.read(json);
  }
}
