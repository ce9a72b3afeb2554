package io.gild.coordination;

import io.gild.a2a.A2aMessage;
import io.gild.config.Experimental;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message of A2A with what the broker needs to deliver it; immutable.
 *
 * @param id identifies the message; not empty
 * @param topic where it goes
 * @param intent what the sender wants
 * @param message the content
 * @param correlationId the id of the message that this one answers, or {@code null}
 * @param causationId the id of the message whose handler sent this one, or {@code null}
 * @param idempotencyKey messages of one tenant and topic with the same key are one message; the id,
 *     unless the sender set another one
 * @param deadline when the message is of no use any more, or {@code null}
 * @param tenant the tenant; empty for none
 * @param traceparent the trace context of W3C, or {@code null}
 * @param orderingKey messages of one tenant with the same key are handled one after the other, or
 *     {@code null}
 * @param replyTo the topic of replies, or {@code null}
 * @param headers further fields of the JSON, those of later versions of Gild included
 */
@Experimental
public record Envelope(
    String id,
    String topic,
    Intent intent,
    A2aMessage message,
    @Nullable String correlationId,
    @Nullable String causationId,
    String idempotencyKey,
    @Nullable Instant deadline,
    String tenant,
    @Nullable String traceparent,
    @Nullable String orderingKey,
    @Nullable String replyTo,
    Map<String, Object> headers) {

  /** The longest id, key or tenant, in characters. */
  public static final int LONGEST_KEY = 512;

  /** Checks and copies. */
  public Envelope {
    requireKey(id, "id");
    Topics.requireName(topic);
    requireKey(idempotencyKey, "idempotency-key");
    if (orderingKey != null) {
      requireKey(orderingKey, "ordering-key");
    }
    if (replyTo != null) {
      Topics.requireName(replyTo);
    }
    if (tenant.length() > LONGEST_KEY) {
      throw tooLong("tenant", tenant);
    }
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  private static void requireKey(String value, String name) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    if (value.length() > LONGEST_KEY) {
      throw tooLong(name, value);
    }
  }

  private static IllegalArgumentException tooLong(String name, String value) {
    return new IllegalArgumentException(
        name + " must have at most " + LONGEST_KEY + " characters, but has " + value.length());
  }

  /**
   * Returns a builder of a message with a new id.
   *
   * @param topic where it goes
   * @param intent what the sender wants
   * @param message the content
   * @return the builder
   */
  public static Builder builder(String topic, Intent intent, A2aMessage message) {
    return new Builder(topic, intent, message);
  }

  /**
   * Returns a builder that has all values of this message, its id included.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder(topic, intent, message);
    builder.id = id;
    builder.correlationId = correlationId;
    builder.causationId = causationId;
    builder.idempotencyKey = idempotencyKey.equals(id) ? null : idempotencyKey;
    builder.deadline = deadline;
    builder.tenant = tenant;
    builder.traceparent = traceparent;
    builder.orderingKey = orderingKey;
    builder.replyTo = replyTo;
    builder.headers.putAll(headers);
    return builder;
  }

  /**
   * Returns whether the message is of no use any more.
   *
   * @param now the time
   * @return whether the deadline has passed; false without a deadline
   */
  public boolean isExpired(Instant now) {
    return deadline != null && !now.isBefore(deadline);
  }

  /**
   * Returns the content with the intent in its metadata, for agents that speak A2A.
   *
   * @return the message
   */
  public A2aMessage toA2a() {
    return intent.mark(message);
  }

  /** Leaves the content out. */
  @Override
  public String toString() {
    return "Envelope[" + id + ", " + topic + ", " + intent.wireName() + "]";
  }

  /** Builds a message; not thread-safe. */
  public static final class Builder {

    private String topic;
    private Intent intent;
    private A2aMessage message;
    private String id = UUID.randomUUID().toString();
    private @Nullable String correlationId;
    private @Nullable String causationId;
    private @Nullable String idempotencyKey;
    private @Nullable Instant deadline;
    private String tenant = "";
    private @Nullable String traceparent;
    private @Nullable String orderingKey;
    private @Nullable String replyTo;
    private final Map<String, Object> headers = new LinkedHashMap<>();

    private Builder(String topic, Intent intent, A2aMessage message) {
      this.topic = topic;
      this.intent = intent;
      this.message = message;
    }

    /**
     * Sets where it goes.
     *
     * @param value a topic
     * @return this
     */
    public Builder topic(String value) {
      topic = value;
      return this;
    }

    /**
     * Sets what the sender wants.
     *
     * @param value the intent
     * @return this
     */
    public Builder intent(Intent value) {
      intent = value;
      return this;
    }

    /**
     * Sets the content.
     *
     * @param value the message
     * @return this
     */
    public Builder message(A2aMessage value) {
      message = value;
      return this;
    }

    /**
     * Sets the id in place of a random one.
     *
     * @param value not empty
     * @return this
     */
    public Builder id(String value) {
      id = value;
      return this;
    }

    /**
     * Sets the id of the message that this one answers.
     *
     * @param value an id, or {@code null}
     * @return this
     */
    public Builder correlationId(@Nullable String value) {
      correlationId = value;
      return this;
    }

    /**
     * Sets the id of the message whose handler sends this one.
     *
     * @param value an id, or {@code null}
     * @return this
     */
    public Builder causationId(@Nullable String value) {
      causationId = value;
      return this;
    }

    /**
     * Sets the key by which a message that comes twice is recognized.
     *
     * @param value not empty; {@code null} for the id
     * @return this
     */
    public Builder idempotencyKey(@Nullable String value) {
      idempotencyKey = value;
      return this;
    }

    /**
     * Sets when the message is of no use any more.
     *
     * @param value the time, or {@code null}
     * @return this
     */
    public Builder deadline(@Nullable Instant value) {
      deadline = value;
      return this;
    }

    /**
     * Sets the tenant.
     *
     * @param value the tenant; empty for none
     * @return this
     */
    public Builder tenant(String value) {
      tenant = value;
      return this;
    }

    /**
     * Sets the trace context.
     *
     * @param value a traceparent of W3C, or {@code null}
     * @return this
     */
    public Builder traceparent(@Nullable String value) {
      traceparent = value;
      return this;
    }

    /**
     * Sets the key of messages that are handled one after the other.
     *
     * @param value not empty, or {@code null}
     * @return this
     */
    public Builder orderingKey(@Nullable String value) {
      orderingKey = value;
      return this;
    }

    /**
     * Sets the topic of replies.
     *
     * @param value a topic, or {@code null}
     * @return this
     */
    public Builder replyTo(@Nullable String value) {
      replyTo = value;
      return this;
    }

    /**
     * Sets a further field.
     *
     * @param name the name; a name of Gild's own fields is rejected when the message is written
     * @param value a value of JSON
     * @return this
     */
    public Builder header(String name, Object value) {
      headers.put(name, value);
      return this;
    }

    /**
     * Builds the message.
     *
     * @return the message
     * @throws IllegalArgumentException if a value is invalid
     */
    public Envelope build() {
      return new Envelope(
          id,
          topic,
          intent,
          message,
          correlationId,
          causationId,
          idempotencyKey == null ? id : idempotencyKey,
          deadline,
          tenant,
          traceparent,
          orderingKey,
          replyTo,
          headers);
    }
  }
}
