package io.gild.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kinds of policy of all modules that are present, in the order of the shipped defaults. */
final class PolicyTypes {

  private static final PolicyTypes PRESENT = new PolicyTypes(SettingsModules.policyTypes());

  private final Map<String, PolicyType<?>> byKey = new LinkedHashMap<>();
  private final Map<Class<?>, PolicyType<?>> byRecord = new LinkedHashMap<>();
  private final List<PolicyType<?>> all;

  private PolicyTypes(List<PolicyType<?>> types) {
    Set<String> shipped = Shipped.policyDefaults().keys();
    for (String key : shipped) {
      for (PolicyType<?> type : types) {
        if (type.key().equals(key)) {
          add(type);
        }
      }
    }
    for (PolicyType<?> type : types) {
      add(type);
    }
    all = List.copyOf(byKey.values());
    if (all.size() > Integer.SIZE - 1) {
      throw new IllegalStateException(
          "at most 31 kinds of policy are supported: " + byKey.keySet());
    }
  }

  /** Of two of one key, the first that was found counts. */
  private void add(PolicyType<?> type) {
    if (byKey.putIfAbsent(type.key(), type) == null) {
      byRecord.put(type.record(), type);
    }
  }

  static List<PolicyType<?>> all() {
    return PRESENT.all;
  }

  static Set<String> keys() {
    return PRESENT.byKey.keySet();
  }

  static @Nullable PolicyType<?> ofKey(String key) {
    return PRESENT.byKey.get(key);
  }

  static PolicyType<?> of(Class<?> record) {
    PolicyType<?> type = PRESENT.byRecord.get(record);
    if (type == null) {
      throw new IllegalArgumentException("no module declares the policy " + record.getName());
    }
    return type;
  }

  static int bit(PolicyType<?> type) {
    return 1 << PRESENT.all.indexOf(type);
  }
}
