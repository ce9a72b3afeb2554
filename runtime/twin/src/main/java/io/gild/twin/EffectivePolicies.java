package io.gild.twin;

import io.gild.config.AgentRule;
import io.gild.config.Keys;
import io.gild.config.Mode;
import io.gild.config.Origin;
import io.gild.config.Policies;
import io.gild.config.PolicyType;
import io.gild.config.Problems;
import io.gild.config.Setting;
import io.gild.config.Settings;
import io.gild.config.SettingsModules;
import io.gild.core.MethodSpec;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the policies in force of a method, value by value, with the place each comes from. */
final class EffectivePolicies {

  private static final Origin SHIPPED = Origin.of("shipped defaults");

  private final Settings settings;
  private final List<PolicyType<?>> types;

  EffectivePolicies(Settings settings) {
    this.settings = settings;
    this.types =
        SettingsModules.find(EffectivePolicies.class.getClassLoader(), new Problems()).stream()
            .flatMap(module -> module.policies().stream())
            .sorted(Comparator.comparing(PolicyType::key))
            .toList();
  }

  /** Returns the policies that the settings give a method. */
  TwinMethod of(MethodSpec spec) {
    Policies policies =
        settings.policies(
            spec.agent(), spec.className(), spec.methodName(), spec.declared(), problem -> {});
    boolean acts = settings.mode(Mode.ENFORCE) == Mode.ENFORCE;
    return of(spec, acts ? policies : policies.inObserve());
  }

  TwinMethod of(MethodSpec spec, Policies policies) {
    List<Setting> values = new ArrayList<>();
    for (PolicyType<?> type : types) {
      Record policy = policies.get(type.record());
      if (policy != null) {
        add(spec, type, policy, values);
      }
    }
    return new TwinMethod(spec, values);
  }

  private void add(MethodSpec spec, PolicyType<?> type, Record policy, List<Setting> values) {
    RecordComponent[] components = type.record().getRecordComponents();
    if (components.length == 0) {
      values.add(new Setting(type.key(), true, SHIPPED));
    }
    for (RecordComponent component : components) {
      String key = Keys.kebab(component.getName());
      values.add(
          new Setting(
              type.key() + "." + key,
              plain(read(component, policy)),
              origin(spec, type.key(), key)));
    }
  }

  static @Nullable Object read(RecordComponent component, Record policy) {
    try {
      return component.getAccessor().invoke(policy);
    } catch (ReflectiveOperationException hidden) {
      return "?"; // a policy of a module that is not open to others
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Enum<?> constant) {
      return Keys.kebab(constant);
    }
    if (value instanceof Collection<?> items) {
      List<@Nullable Object> plain = new ArrayList<>();
      items.forEach(item -> plain.add(plain(item)));
      return plain;
    }
    if (value instanceof Float || value instanceof Double) {
      return new BigDecimal(value.toString());
    }
    if (value instanceof Number number && !(value instanceof BigDecimal)) {
      return number.longValue();
    }
    return value == null || value instanceof Boolean || value instanceof BigDecimal
        ? value
        : value.toString();
  }

  /** Returns where a value comes from: a rule, the section defaults, an annotation, or Gild. */
  private Origin origin(MethodSpec spec, String kind, String key) {
    Origin origin = spec.declared().child(kind).origin(key).orElse(SHIPPED);
    origin = settings.given().child("defaults").child(kind).origin(key).orElse(origin);
    for (AgentRule rule : settings.agents()) {
      if (rule.matches(spec.agent(), spec.className(), spec.methodName())) {
        origin = rule.policies().child(kind).origin(key).orElse(origin);
      }
    }
    return origin;
  }
}
