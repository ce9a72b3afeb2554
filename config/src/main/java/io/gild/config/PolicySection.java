package io.gild.config;

import io.gild.config.PolicyTree.Located;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of the settings whose keys are kinds of policy.
 *
 * @param tree its content, checked
 */
record PolicySection(PolicyTree tree) {

  /** Whether a section switches a kind of policy on or off. */
  enum Switch {
    ON,
    OFF,
    UNSAID
  }

  /** Returns the keys of all policies, those of Gild's modules that are absent included. */
  static List<String> keys() {
    Set<String> keys = new LinkedHashSet<>(Shipped.policyDefaults().keys());
    keys.addAll(PolicyTypes.keys());
    return new ArrayList<>(keys);
  }

  Switch switchOf(String kind) {
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
}
