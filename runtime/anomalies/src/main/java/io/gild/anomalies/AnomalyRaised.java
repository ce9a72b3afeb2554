package io.gild.anomalies;

import io.gild.config.Experimental;
import io.gild.core.MethodSpec;
import io.gild.core.spi.DecisionEvent;
import java.util.Map;

/**
 * A method became unusual.
 *
 * @param method the method
 * @param flag what is unusual about it
 */
@Experimental
public record AnomalyRaised(MethodSpec method, AnomalyFlag flag) implements DecisionEvent {

  @Override
  public String code() {
    return "anomaly_raised";
  }

  @Override
  public Map<String, ?> facts() {
    return flag.facts();
  }
}
