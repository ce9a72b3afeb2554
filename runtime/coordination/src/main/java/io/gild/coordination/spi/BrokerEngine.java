package io.gild.coordination.spi;

import io.gild.config.Experimental;
import io.gild.coordination.CoordinationException;
import io.gild.coordination.DeadLetters;
import io.gild.coordination.PublishReceipt;
import io.gild.coordination.Subscription;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Holds messages and delivers them, at least once. Thread-safe.
 *
 * <p>Messages of a subscription with the same tenant and ordering key are delivered one at a time,
 * in the order in which they were accepted; one that waits for its next delivery blocks only those
 * with its own key. An engine calls receivers on threads of its own and expects them to return
 * soon.
 */
@Experimental
public interface BrokerEngine extends AutoCloseable {

  /**
   * Returns the name.
   *
   * @return such as {@code folder}
   */
  String name();

  /**
   * Returns the longest message.
   *
   * @return bytes of JSON; above zero
   */
  long maxMessageBytes();

  /**
   * Accepts a message.
   *
   * @param message the message
   * @return completes when the message would survive what the engine survives; fails with a {@link
   *     io.gild.coordination.BrokerFullException} at once if there is no room, or with another
   *     {@link CoordinationException}
   */
  CompletionStage<PublishReceipt> publish(EncodedEnvelope message);

  /**
   * Begins to consume a subscription, which begins now if its name is new.
   *
   * @param subscription the subscription
   * @param receiver gets each delivery; at most as many at a time as the subscription allows
   * @return the consumer
   * @throws CoordinationException if the name is in use with another pattern
   */
  EngineConsumer consume(Subscription subscription, Consumer<EngineDelivery> receiver);

  /**
   * Ends a subscription; its messages are moved to the dead letters.
   *
   * @param subscription the name
   * @return whether there was one
   * @throws CoordinationException if it has a consumer in this JVM
   */
  boolean remove(String subscription);

  /**
   * Returns whether a consumer of any JVM takes the messages of a topic now.
   *
   * @param topic the topic
   * @return whether there is a running consumer
   */
  boolean isServed(String topic);

  /**
   * Receives messages that are sent by {@link #send}.
   *
   * @param topic the topic
   * @param receiver gets the JSON of each
   * @return ends it
   */
  AutoCloseable listen(String topic, Consumer<String> receiver);

  /**
   * Sends a message to the listeners of its topic, at most once.
   *
   * @param message the message
   */
  void send(EncodedEnvelope message);

  /**
   * Returns the dead letters.
   *
   * @return a view of the engine
   */
  DeadLetters deadLetters();

  /** Ends the engine; messages stay where the engine keeps them. */
  @Override
  void close();
}
