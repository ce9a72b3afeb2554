package io.gild.reliability;

import io.gild.config.Experimental;
import io.gild.core.MethodSpec;
import io.gild.core.spi.DecisionEvent;
import java.util.Map;

/**
 * A circuit breaker that was open lets a few attempts pass as a trial.
 *
 * @param method the method whose attempts it lets pass
 * @param breaker name of the breaker; for a routed method, it contains the model
 */
@Experimental
public record BreakerHalfOpened(MethodSpec method, String breaker) implements DecisionEvent {

  @Override
  public String code() {
    return "breaker_half_opened";
  }

  @Override
  public Map<String, ?> facts() {
    return Map.of("breaker", breaker);
  }
}
