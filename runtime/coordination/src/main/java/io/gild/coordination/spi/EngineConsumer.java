package io.gild.coordination.spi;

import io.gild.config.Experimental;

/** A consumer of a subscription. */
@Experimental
public interface EngineConsumer extends AutoCloseable {

  /**
   * Ends the consumer: it gets no further delivery. Deliveries that it has can still be ended; the
   * subscription stays.
   */
  @Override
  void close();
}
