package io.gild.cost;

import io.gild.config.Glob;
import io.gild.core.AgentCall;
import io.gild.core.CostDimension;
import io.gild.core.MethodSpec;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the dimensions of budgets and limits from settings, and their values from calls. */
final class Dimensions {

  /** What is known of a request to a model, and not of the call around it. */
  static final Set<CostDimension> OF_REQUESTS =
      EnumSet.of(CostDimension.PROVIDER, CostDimension.MODEL, CostDimension.TIER);

  /** What is known of the outermost method. */
  static final Set<CostDimension> OF_METHODS =
      EnumSet.of(CostDimension.AGENT, CostDimension.METHOD, CostDimension.VERSION);

  private Dimensions() {}

  /**
   * Finds a dimension.
   *
   * @param key the key that messages begin with
   * @throws IllegalArgumentException if there is none of that name
   */
  static CostDimension of(String key, String name) {
    for (CostDimension dimension : CostDimension.values()) {
      if (dimension.key().equals(name.toLowerCase(Locale.ROOT))) {
        return dimension;
      }
    }
    String known =
        Arrays.stream(CostDimension.values())
            .map(CostDimension::key)
            .collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        key + " must name some of " + known + ", but has \"" + name + "\"");
  }

  static List<CostDimension> of(List<String> per) {
    return per.stream().map(each -> of("per", each)).toList();
  }

  static Map<CostDimension, String> patterns(Map<String, String> where) {
    Map<CostDimension, String> patterns = new EnumMap<>(CostDimension.class);
    where.forEach((name, pattern) -> patterns.put(of("where", name), pattern));
    return patterns;
  }

  /** Returns whether the values of a call match all patterns. */
  static boolean match(
      Map<CostDimension, String> patterns, AgentCall call, @Nullable String model) {
    for (Map.Entry<CostDimension, String> each : patterns.entrySet()) {
      if (!Glob.matches(each.getValue(), value(each.getKey(), call, model))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the values of a call as one text; different values give different texts. */
  static String holder(List<CostDimension> dimensions, AgentCall call, @Nullable String model) {
    if (dimensions.size() == 1) {
      return value(dimensions.get(0), call, model);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < dimensions.size(); i++) {
      String value = value(dimensions.get(i), call, model);
      // A slash inside of a value must not make it that of two.
      text.append(i == 0 ? "" : "/").append(value.replace("%", "%25").replace("/", "%2F"));
    }
    return text.toString();
  }

  private static String value(CostDimension dimension, AgentCall call, @Nullable String model) {
    if (dimension.isLabel()) {
      return call.label(dimension);
    }
    if (OF_METHODS.contains(dimension)) {
      return ofMethod(dimension, call.outermost().method().spec());
    }
    String value =
        switch (dimension) {
          case MODEL -> model;
          case PROVIDER -> call.provider();
          default -> call.routedTier();
        };
    return value == null ? "" : value;
  }

  /** Returns a value that the method has. */
  static String ofMethod(CostDimension dimension, MethodSpec spec) {
    return switch (dimension) {
      case AGENT -> spec.agent();
      case METHOD -> spec.id();
      default -> spec.version();
    };
  }
}
