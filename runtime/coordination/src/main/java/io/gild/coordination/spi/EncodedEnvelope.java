package io.gild.coordination.spi;

import io.gild.config.Experimental;
import io.gild.coordination.Envelope;
import io.gild.coordination.EnvelopeJson;
import java.nio.charset.StandardCharsets;

/**
 * A message and its JSON.
 *
 * @param envelope the message
 * @param json the JSON
 * @param bytes length of the JSON in UTF-8
 */
@Experimental
public record EncodedEnvelope(Envelope envelope, String json, int bytes) {

  /**
   * Encodes a message.
   *
   * @param envelope the message
   * @return the message with its JSON
   */
  public static EncodedEnvelope of(Envelope envelope) {
    String json = EnvelopeJson.write(envelope);
    return new EncodedEnvelope(envelope, json, json.getBytes(StandardCharsets.UTF_8).length);
  }

  /** Leaves the JSON out, which may be long. */
  @Override
  public String toString() {
    return "EncodedEnvelope[" + envelope.id() + ", " + bytes + " bytes]";
  }
}
