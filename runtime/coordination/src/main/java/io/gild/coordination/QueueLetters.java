package io.gild.coordination;

import io.gild.coordination.DeadLetter.Reason;
import io.gild.coordination.spi.EncodedEnvelope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** Makes dead letters; the same message of the same subscription always has the same id. */
final class QueueLetters {

  private QueueLetters() {}

  static DeadLetter of(QueueEntry entry, String queue, Reason reason, String detail, Instant now) {
    return new DeadLetter(
        queue + "-" + entry.message.number(),
        reason,
        detail,
        entry.message.topic(),
        queue,
        entry.deliveries,
        now,
        entry.message.json());
  }

  static DeadLetter withoutQueue(EncodedEnvelope encoded, Instant now) {
    String key = EnvelopeKeys.once(encoded.envelope());
    return new DeadLetter(
        UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString(),
        Reason.NO_SUBSCRIPTION,
        "",
        encoded.envelope().topic(),
        "",
        0,
        now,
        encoded.json());
  }

  /** Returns whether a message without a subscription is a dead letter. */
  static boolean mustArrive(Envelope envelope) {
    return Topics.isInbox(envelope.topic())
        || envelope.intent() == Intent.REQUEST
        || envelope.intent() == Intent.DELEGATE;
  }
}
