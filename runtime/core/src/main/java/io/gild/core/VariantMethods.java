package io.gild.core;

import io.gild.core.spi.VariantPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The methods of new versions in one application. Thread-safe. */
final class VariantMethods {

  /** A method of a new version, and what makes its plan. */
  record Variant(GovernedMethod method, VariantPlan plan) {}

  private final Map<MethodVariant, Map<GovernedMethod, Variant>> variants =
      new ConcurrentHashMap<>();

  @Nullable GovernedMethod get(MethodVariant variant, GovernedMethod present) {
    Map<GovernedMethod, Variant> methods = variants.get(variant);
    Variant known = methods == null ? null : methods.get(present);
    return known == null ? null : known.method();
  }

  GovernedMethod get(MethodVariant variant, GovernedMethod present, Supplier<Variant> maker) {
    return variants
        .computeIfAbsent(variant, absent -> new ConcurrentHashMap<>())
        .computeIfAbsent(present, absent -> maker.get())
        .method();
  }

  void remove(MethodVariant variant) {
    Map<GovernedMethod, Variant> removed = variants.remove(variant);
    if (removed != null) {
      removed.values().forEach(each -> each.method().retire());
    }
  }

  List<Variant> all() {
    List<Variant> all = new ArrayList<>();
    variants.values().forEach(methods -> all.addAll(methods.values()));
    return all;
  }
}
