package io.gild.coordination.spi;

import io.gild.config.Experimental;
import io.gild.coordination.BrokerLimits;
import io.gild.core.RuntimeScope;

/** Opens the engine that the settings name; found by {@link java.util.ServiceLoader}. */
@Experimental
public interface BrokerEngineProvider {

  /**
   * Returns the name in the settings.
   *
   * @return such as {@code nats}
   */
  String name();

  /**
   * Opens the engine.
   *
   * @param runtime the runtime, with the settings
   * @param limits what the engine holds at most
   * @return the engine; the caller closes it
   */
  BrokerEngine open(RuntimeScope runtime, BrokerLimits limits);
}
