package io.gild.console;

import io.gild.config.AgentRule;
import io.gild.config.Durations;
import io.gild.config.Keys;
import io.gild.config.Mode;
import io.gild.config.Policies;
import io.gild.config.PolicyTree;
import io.gild.config.PolicyType;
import io.gild.config.Setting;
import io.gild.config.Settings;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The policies in effect, with the places that switched them on. */
final class PolicyTable {

  private PolicyTable() {}

  static Map<String, @Nullable Object> of(GildRuntime runtime, String jvm) {
    List<Map<String, @Nullable Object>> methods = new ArrayList<>();
    for (GovernedMethod method : runtime.methods()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("jvm", jvm);
      json.put("agent", method.spec().agent());
      json.put("method", method.spec().className() + "#" + method.spec().methodName());
      json.put("policies", policies(method, runtime));
      methods.add(json);
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("methods", methods);
    return answer;
  }

  /** Those in effect, and after them those that observe mode leaves out. */
  private static List<Map<String, @Nullable Object>> policies(
      GovernedMethod method, GildRuntime runtime) {
    Settings settings = method.settings();
    Policies acting = method.policies();
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (Record policy : configured(method, settings).list()) {
      PolicyType<?> type = PolicyType.of(policy.getClass());
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      boolean acts = policy.equals(acting.get(policy.getClass()));
      json.put("key", type.key());
      json.put("value", values(policy));
      json.put("origin", origin(method.spec(), type.key(), settings));
      json.put("acts", acts);
      json.put("words", acts ? "" : words(runtime));
      all.add(json);
    }
    return all;
  }

  private static String words(GildRuntime runtime) {
    return runtime.mode() == Mode.OBSERVE
        ? "observe mode: it does not act, or only watches"
        : "it does not act as it is configured";
  }

  private static Policies configured(GovernedMethod method, Settings settings) {
    MethodSpec spec = method.spec();
    if (!settings.enabled()) {
      return Policies.none();
    }
    return spec.kind().isModel()
        ? settings.modelPolicies()
        : settings.policies(
            spec.agent(), spec.className(), spec.methodName(), spec.declared(), problem -> {});
  }

  private static Map<String, @Nullable Object> values(Record policy) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (RecordComponent component : policy.getClass().getRecordComponents()) {
      try {
        Object value = component.getAccessor().invoke(policy);
        values.put(Keys.kebab(component.getName()), plain(value));
      } catch (ReflectiveOperationException hidden) {
        values.put(Keys.kebab(component.getName()), "(unknown)");
      }
    }
    return values;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Duration duration) {
      return Durations.format(duration);
    }
    if (value instanceof Enum<?> constant) {
      return Keys.kebab(constant);
    }
    return value instanceof PolicyTree tree ? tree.toMap() : value;
  }

  /** Returns every place that says something about a policy, the strongest one last. */
  private static String origin(MethodSpec spec, String key, Settings settings) {
    Set<String> places = new LinkedHashSet<>();
    if (spec.declared().entry(key) != null) {
      places.add("annotation on " + spec.className() + "#" + spec.methodName());
    }
    addPlaces(settings.given().child("defaults"), key, places);
    if (spec.kind().isModel()) {
      addPlaces(settings.given().child("models"), key, places);
    } else {
      for (AgentRule rule : settings.agents()) {
        if (rule.matches(spec.agent(), spec.className(), spec.methodName())) {
          addPlaces(rule.policies(), key, places);
        }
      }
    }
    return places.isEmpty() ? "default" : String.join(", then ", places);
  }

  private static void addPlaces(PolicyTree section, String key, Set<String> places) {
    PolicyTree.Located entry = section.entry(key);
    if (entry == null) {
      return;
    }
    places.add(entry.key().toString());
    for (Setting setting : section.child(key).settings()) {
      places.add(setting.origin().toString());
    }
  }
}
