package io.gild.coordination;

import io.gild.a2a.A2aMessage;
import io.gild.config.Experimental;
import io.gild.coordination.spi.EncodedEnvelope;
import io.gild.coordination.spi.EngineDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A message in the hands of its handler. Thread-safe. */
@Experimental
public final class Delivery {

  private final Envelope envelope;
  private final EngineDelivery delivery;
  private final String subscription;
  private final Consumer<EncodedEnvelope> sender;
  private final Consumer<EncodedEnvelope> sizeCheck;
  private final List<EncodedEnvelope> outputs = new ArrayList<>();
  private @Nullable Duration retry;
  private @Nullable String rejection;

  Delivery(
      Envelope envelope,
      EngineDelivery delivery,
      String subscription,
      Consumer<EncodedEnvelope> sender,
      Consumer<EncodedEnvelope> sizeCheck) {
    this.envelope = envelope;
    this.delivery = delivery;
    this.subscription = subscription;
    this.sender = sender;
    this.sizeCheck = sizeCheck;
  }

  /**
   * Returns the message.
   *
   * @return the message
   */
  public Envelope envelope() {
    return envelope;
  }

  /**
   * Returns the number of this delivery of the message to the subscription, over all JVMs.
   *
   * @return 1 or more
   */
  public int number() {
    return delivery.number();
  }

  /** Reports that the handler is alive, so that the message is not delivered again meanwhile. */
  public void inProgress() {
    delivery.extend();
  }

  /**
   * Publishes a message when the handler has returned and the delivery ends. If the handler throws
   * or its JVM dies, it is not published. Unless it has an idempotency key of its own, it gets one
   * made of this message's key, the subscription and its number, so that a repeated handler that
   * publishes the same messages in the same order publishes them once.
   *
   * @param output the message
   * @throws MessageTooLargeException if it is too large
   */
  public synchronized void publish(Envelope output) {
    Envelope.Builder builder = output.toBuilder();
    if (output.idempotencyKey().equals(output.id())) {
      builder.idempotencyKey(outputKey());
    }
    if (output.causationId() == null) {
      builder.causationId(envelope.id());
    }
    EncodedEnvelope encoded = EncodedEnvelope.of(builder.build());
    sizeCheck.accept(encoded);
    outputs.add(encoded);
  }

  private String outputKey() {
    String key = envelope.idempotencyKey();
    String most = key.substring(0, Math.min(key.length(), Envelope.LONGEST_KEY / 2));
    return most + "/" + subscription + "/" + outputs.size();
  }

  /**
   * Replies with a result.
   *
   * @param reply the content
   * @throws IllegalStateException if the sender wants no reply
   */
  public void reply(A2aMessage reply) {
    reply(Intent.RESULT, reply);
  }

  /**
   * Replies. A sender that waits in {@link Broker#request} gets the reply at once; other replies
   * are published as by {@link #publish}.
   *
   * @param intent the intent of the reply, such as {@link Intent#PROGRESS}
   * @param reply the content
   * @throws IllegalStateException if the sender wants no reply
   */
  public void reply(Intent intent, A2aMessage reply) {
    String topic = envelope.replyTo();
    if (topic == null) {
      throw new IllegalStateException(
          "the sender of message " + envelope.id() + " wants no reply: it has no reply-to");
    }
    Envelope answer =
        Envelope.builder(topic, intent, reply)
            .correlationId(envelope.id())
            .causationId(envelope.id())
            .tenant(envelope.tenant())
            .traceparent(envelope.traceparent())
            .build();
    if (Topics.isReply(topic)) {
      sender.accept(EncodedEnvelope.of(answer));
    } else {
      publish(answer);
    }
  }

  /**
   * Asks for another delivery, when the handler has returned.
   *
   * @param delay the message is not delivered before this time has passed; zero or more
   */
  public synchronized void retry(Duration delay) {
    retry = delay;
  }

  /**
   * Moves the message to the dead letters, when the handler has returned.
   *
   * @param reason why, without secrets
   */
  public synchronized void reject(String reason) {
    rejection = reason;
  }

  synchronized @Nullable Duration retryDelay() {
    return retry;
  }

  synchronized @Nullable String rejection() {
    return rejection;
  }

  synchronized List<EncodedEnvelope> outputs() {
    return List.copyOf(outputs);
  }
}
