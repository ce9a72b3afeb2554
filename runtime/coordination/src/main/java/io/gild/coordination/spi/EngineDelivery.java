package io.gild.coordination.spi;

import io.gild.config.Experimental;
import io.gild.coordination.DeadLetter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** One delivery of a message to a consumer. Thread-safe; the first end of a delivery counts. */
@Experimental
public interface EngineDelivery {

  /**
   * Returns the message.
   *
   * @return the JSON as it was published
   */
  String json();

  /**
   * Returns the number of this delivery of the message to the subscription.
   *
   * @return 1 or more
   */
  int number();

  /**
   * Returns whether the subscription remembers the message's idempotency key as finished.
   *
   * @return whether a handler has finished it
   */
  boolean isFinished();

  /**
   * Returns whether an earlier handler has begun with the message and its end is unknown.
   *
   * @return whether it may have run
   */
  boolean isUncertain();

  /**
   * Ends the delivery, because the message was handled. An end that comes late, after the message
   * was delivered again, counts too.
   *
   * @param outputs messages that the handler publishes. An engine that can publishes them and ends
   *     the delivery in one step; another one publishes them first, and drops those that it has
   *     accepted before.
   * @param remember whether the idempotency key is remembered as finished, in the same step or
   *     before the end
   * @return completes when all of that would survive a crash
   */
  CompletionStage<Void> ack(List<EncodedEnvelope> outputs, boolean remember);

  /**
   * Ends the delivery without success.
   *
   * @param delay the message is not delivered again before this time has passed; zero or more
   */
  void retry(Duration delay);

  /** Reports that the handler is alive: its time to end the delivery begins anew. */
  void extend();

  /**
   * Moves the message to the dead letters and ends the delivery.
   *
   * @param reason why
   * @param detail the failure; may be empty
   * @return completes when the message is in the dead letters
   */
  CompletionStage<Void> deadLetter(DeadLetter.Reason reason, String detail);

  /** Reports that the consumer has a free handler again; called once, after the end. */
  void release();
}
