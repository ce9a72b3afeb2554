package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.core.MethodSpec;
import io.gild.core.spi.DecisionEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The share of the calls of this JVM that a new version answers changed.
 *
 * @param method a method of the agent
 * @param rollout name of the rollout
 * @param canary name of the new version
 * @param share hundredths of a percent; 0 if it was taken back, or only answers for comparison
 */
@Experimental
public record VersionShareChanged(MethodSpec method, String rollout, String canary, int share)
    implements DecisionEvent {

  private static final double HUNDREDTHS = 100;

  @Override
  public String code() {
    return "version_share";
  }

  @Override
  public Map<String, ?> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("rollout", rollout);
    facts.put("canary", canary);
    facts.put("percent", share / HUNDREDTHS);
    return facts;
  }
}
