package io.gild.coordination.nats;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.coordination.BrokerLimits;
import io.gild.coordination.CoordinationException;
import io.gild.coordination.spi.BrokerEngine;
import io.gild.coordination.spi.BrokerEngineProvider;
import io.gild.core.RuntimeScope;

/** Opens the engine {@code nats}, at the server of {@code coordination.nats}. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(BrokerEngineProvider.class)
public final class NatsEngineProvider implements BrokerEngineProvider {

  /** Creates the provider; the service loader does. */
  public NatsEngineProvider() {}

  @Override
  public String name() {
    return "nats";
  }

  @Override
  public BrokerEngine open(RuntimeScope runtime, BrokerLimits limits) {
    try {
      return new NatsEngine(
          runtime.settings().get(NatsCoordination.SECTION).nats(), limits, runtime.clock());
    } catch (NatsException unreachable) {
      throw new CoordinationException(String.valueOf(unreachable.getMessage()), unreachable);
    }
  }
}
