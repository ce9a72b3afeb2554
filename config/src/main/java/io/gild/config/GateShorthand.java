package io.gild.config;

import io.gild.config.PolicyTree.Located;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets a bare number stand for a gate with that pass rate, so that layers merge like any others.
 */
final class GateShorthand {

  private GateShorthand() {}

  static PolicyTree expand(PolicyTree settings) {
    Located section = settings.entry("gates");
    if (section == null || !(section.value() instanceof PolicyTree gates)) {
      return settings;
    }
    Map<String, Located> stages = new LinkedHashMap<>();
    for (String stage : gates.keys()) {
      Located gate = gates.entry(stage);
      if (gate != null) {
        stages.put(stage, gate.value() instanceof Number ? longhand(gate) : gate);
      }
    }
    Map<String, Located> all = new LinkedHashMap<>();
    for (String key : settings.keys()) {
      Located entry = settings.entry(key);
      if (entry != null) {
        all.put(key, entry);
      }
    }
    all.put("gates", new Located(new PolicyTree(stages), section.key(), section.origin()));
    return new PolicyTree(all);
  }

  private static Located longhand(Located rate) {
    return new Located(new PolicyTree(Map.of("pass-rate", rate)), rate.key(), rate.origin());
  }
}
