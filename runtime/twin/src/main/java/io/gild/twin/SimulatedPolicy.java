package io.gild.twin;

import io.gild.config.Keys;
import io.gild.config.Policies;
import io.gild.config.PolicyType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads policies of other modules by their keys. */
final class SimulatedPolicy {

  private SimulatedPolicy() {}

  /** Returns a policy of a kind; {@code null} if it is off or its module is absent. */
  static @Nullable Record of(Policies policies, String key) {
    PolicyType<?> type = PolicyType.ofKey(key).orElse(null);
    return type == null ? null : policies.get(type.record());
  }

  static @Nullable Object value(@Nullable Record policy, String key) {
    if (policy == null) {
      return null;
    }
    for (RecordComponent component : policy.getClass().getRecordComponents()) {
      if (Keys.kebab(component.getName()).equals(key)) {
        return EffectivePolicies.read(component, policy);
      }
    }
    return null;
  }

  static @Nullable Duration duration(@Nullable Record policy, String key) {
    return value(policy, key) instanceof Duration duration ? duration : null;
  }
}
