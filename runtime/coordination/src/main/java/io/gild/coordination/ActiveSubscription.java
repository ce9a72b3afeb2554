package io.gild.coordination;

import io.gild.config.Experimental;
import io.gild.coordination.spi.EngineConsumer;
import java.util.function.Consumer;

/** A running consumer of a subscription. Thread-safe. */
@Experimental
public final class ActiveSubscription implements AutoCloseable {

  private final Subscription subscription;
  private final EngineConsumer consumer;
  private final Consumer<ActiveSubscription> onClose;

  ActiveSubscription(
      Subscription subscription, EngineConsumer consumer, Consumer<ActiveSubscription> onClose) {
    this.subscription = subscription;
    this.consumer = consumer;
    this.onClose = onClose;
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
    onClose.accept(this);
  }
}
