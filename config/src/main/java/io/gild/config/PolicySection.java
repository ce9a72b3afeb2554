package io.gild.config;

import io.gild.config.PolicyTree.Located;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of the settings whose keys are kinds of policy.
 *
 * @param tree what it says, checked
 */
record PolicySection(PolicyTree tree) {

  /** Whether a section switches a kind of policy on or off. */
  enum Switch {
    ON,
    OFF,
    UNSAID
  }

  private static final Map<String, Class<? extends Record>> TYPES = types();

  /** Returns the record classes of the policies by their keys, in the order of the pipeline. */
  static Map<String, Class<? extends Record>> policyTypes() {
    return TYPES;
  }

  static List<String> keys() {
    return new ArrayList<>(TYPES.keySet());
  }

  Switch says(String kind) {
    Located entry = tree.entry(kind);
    if (entry == null) {
      return Switch.UNSAID;
    }
    return isOff(entry.value()) ? Switch.OFF : Switch.ON;
  }

  static boolean isOff(@Nullable Object value) {
    return Boolean.FALSE.equals(value)
        || value instanceof String text
            && List.of("off", "false").contains(text.toLowerCase(Locale.ROOT));
  }

  static boolean isOn(@Nullable Object value) {
    return value == null
        || Boolean.TRUE.equals(value)
        || value instanceof String text
            && List.of("on", "true").contains(text.toLowerCase(Locale.ROOT));
  }

  /** Makes the record of all policies of those that are present. */
  static Policies policies(Map<String, @Nullable Record> byKind) {
    try {
      return (Policies)
          Policies.class.getDeclaredConstructors()[0].newInstance(byKind.values().toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot create Policies", e);
    }
  }

  @SuppressWarnings("unchecked") // each component of Policies is a record
  private static Map<String, Class<? extends Record>> types() {
    Map<String, Class<? extends Record>> types = new LinkedHashMap<>();
    for (RecordComponent component : Policies.class.getRecordComponents()) {
      types.put(Keys.kebab(component.getName()), (Class<? extends Record>) component.getType());
    }
    return types;
  }
}
