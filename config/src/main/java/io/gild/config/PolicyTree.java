package io.gild.config;

import java.util.Map;

/** Placeholder until the binder lands. */
public final class PolicyTree {
  private static final PolicyTree EMPTY = new PolicyTree(Map.of());
  private final Map<String, ?> values;

  private PolicyTree(Map<String, ?> values) {
    this.values = values;
  }

  public static PolicyTree empty() {
    return EMPTY;
  }

  public static PolicyTree of(Map<String, ?> values) {
    return new PolicyTree(values);
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  public Map<String, ?> values() {
    return values;
  }
}
