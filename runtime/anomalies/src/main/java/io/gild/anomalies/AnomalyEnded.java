package io.gild.anomalies;

import io.gild.config.Experimental;
import io.gild.core.MethodSpec;
import io.gild.core.spi.DecisionEvent;
import java.util.Map;

/**
 * A method is usual again.
 *
 * @param method the method
 * @param flag the flag, with its end
 * @param adopted whether the changed level has lasted so long that it counts as usual now
 */
@Experimental
public record AnomalyEnded(MethodSpec method, AnomalyFlag flag, boolean adopted)
    implements DecisionEvent {

  @Override
  public String code() {
    return "anomaly_ended";
  }

  @Override
  public Map<String, ?> facts() {
    return flag.facts();
  }
}
