package io.gild.reliability;

import io.gild.config.Experimental;
import io.gild.core.MethodSpec;
import io.gild.core.spi.DecisionEvent;
import java.util.Map;

/**
 * A circuit breaker opened or closed.
 *
 * @param method the method whose attempts it refuses while it is open
 * @param breaker name of the breaker; for a routed method, it contains the model
 * @param open whether it opened
 */
@Experimental
public record BreakerChanged(MethodSpec method, String breaker, boolean open)
    implements DecisionEvent {

  @Override
  public String code() {
    return open ? "breaker_opened" : "breaker_closed";
  }

  @Override
  public Map<String, ?> facts() {
    return Map.of("breaker", breaker);
  }
}
