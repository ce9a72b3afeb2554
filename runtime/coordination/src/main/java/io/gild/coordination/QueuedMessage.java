package io.gild.coordination;

import io.gild.coordination.spi.EncodedEnvelope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that an engine in this JVM holds.
 *
 * @param number its place in the order of acceptance
 * @param topic the topic
 * @param lane messages of a lane are delivered one at a time; {@code null} for no lane
 * @param key recognizes the same message
 * @param at when it was accepted
 * @param json the message
 */
record QueuedMessage(
    long number, String topic, @Nullable String lane, String key, Instant at, String json) {

  static QueuedMessage of(long number, String key, Instant at, EncodedEnvelope encoded) {
    Envelope envelope = encoded.envelope();
    String ordering = envelope.orderingKey();
    return new QueuedMessage(
        number,
        envelope.topic(),
        ordering == null ? null : EnvelopeKeys.scoped(envelope.tenant(), ordering),
        key,
        at,
        encoded.json());
  }

  long bytes() {
    return json.length();
  }
}
