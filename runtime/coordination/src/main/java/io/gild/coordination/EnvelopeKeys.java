package io.gild.coordination;

import io.gild.config.Experimental;

/** Keys of messages that two tenants or two topics never share. */
@Experimental
public final class EnvelopeKeys {

  private EnvelopeKeys() {}

  /**
   * Returns the key by which a message that comes twice is recognized.
   *
   * @param envelope the message
   * @return its tenant, topic and idempotency key
   */
  public static String once(Envelope envelope) {
    return scoped(envelope.tenant(), envelope.topic() + " " + envelope.idempotencyKey());
  }

  /**
   * Returns a key of one tenant.
   *
   * @param tenant the tenant
   * @param key the key
   * @return both, so that the tenant's end is known
   */
  public static String scoped(String tenant, String key) {
    return tenant.length() + ":" + tenant + " " + key;
  }
}
