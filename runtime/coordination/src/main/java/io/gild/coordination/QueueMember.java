package io.gild.coordination;

import io.gild.coordination.spi.EngineDelivery;
import java.util.function.Consumer;

/** A consumer of a queue. Used under the engine's lock alone. */
final class QueueMember {

  final Subscription subscription;
  final Consumer<EngineDelivery> receiver;
  int free;
  boolean closed;

  QueueMember(Subscription subscription, Consumer<EngineDelivery> receiver) {
    this.subscription = subscription;
    this.receiver = receiver;
    this.free = subscription.concurrency();
  }
}
