package io.gild.config;

import java.util.ArrayList;
import java.util.Comparator;
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
    List<String> shipped = new ArrayList<>(Shipped.policyDefaults().keys());
    List<PolicyType<?>> sorted = new ArrayList<>(types);
    sorted.sort(Comparator.comparingInt(type -> place(shipped, type.key())));
    for (PolicyType<?> type : sorted) {
      if (byKey.putIfAbsent(type.key(), type) == null) {
        byRecord.put(type.record(), type);
      }
    }
    all = List.copyOf(byKey.values());
    if (all.size() > Integer.SIZE - 1) {
      throw new IllegalStateException(
          "at most 31 kinds of policy are supported: " + byKey.keySet());
    }
  }

  private static int place(List<String> shipped, String key) {
    int place = shipped.indexOf(key);
    return place < 0 ? shipped.size() : place;
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
