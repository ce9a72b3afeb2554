package io.gild.coordination;

import io.gild.config.Experimental;
import io.gild.coordination.spi.EngineConsumer;

/** A running consumer of a subscription. Thread-safe. */
@Experimental
public final class ActiveSubscription implements AutoCloseable {

  private final Subscription subscription;
  private final EngineConsumer consumer;

  ActiveSubscription(Subscription subscription, EngineConsumer consumer) {
    this.subscription = subscription;
    this.consumer = consumer;
  }

  /**
   * Returns the subscription.
   *
   * @return the subscription
   */
  public Subscription subscription() {
    return subscription;
  }

  /**
   * Ends the consumer. Handlers that run end their deliveries; the subscription stays and keeps its
   * messages.
   */
  @Override
  public void close() {
    consumer.close();
  }
}
