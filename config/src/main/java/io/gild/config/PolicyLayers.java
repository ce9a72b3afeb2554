package io.gild.config;

import io.gild.config.PolicySection.Switch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policies of a method, or of model libraries, by their sources.
 *
 * @param declared the policies of the annotations
 * @param defaults the section {@code defaults}, which wins over these, but switches no policy on
 * @param rules what wins over both: the rules that match, or the section {@code models}; a later
 *     one wins over an earlier one
 */
record PolicyLayers(PolicySection declared, PolicySection defaults, List<PolicySection> rules) {

  /** Copies the list. */
  PolicyLayers {
    rules = List.copyOf(rules);
  }

  /**
   * Binds the policies that are switched on. One with a problem is off.
   *
   * @param path path of the policies, for messages
   * @param all all settings, with the names that policies use
   * @param found collects what is wrong
   */
  Policies bind(String path, PolicyTree all, Problems found) {
    List<Record> policies = new ArrayList<>();
    for (PolicyType<?> type : PolicyTypes.all()) {
      Problems own = new Problems();
      Record policy = isOn(type) ? policy(type, path, own) : null;
      new SettingsReader(own).checkNames(declared.tree().only(type.key()), path, all);
      if (policy != null && own.list().isEmpty()) {
        policies.add(policy);
      }
      own.list().forEach(found::add);
    }
    reportUnknownKinds(path, found);
    return Policies.of(policies);
  }

  private boolean isOn(PolicyType<?> type) {
    boolean on = isOn(declared, type, type.isOnByDefault());
    on &= defaults.switchOf(type.key()) != Switch.OFF;
    for (PolicySection rule : rules) {
      on = isOn(rule, type, on);
    }
    return on;
  }

  private static boolean isOn(PolicySection section, PolicyType<?> type, boolean before) {
    return switch (section.switchOf(type.key())) {
      case ON -> true;
      case OFF -> false;
      default -> before;
    };
  }

  private @Nullable Record policy(PolicyType<?> type, String path, Problems found) {
    PolicyTree values = valuesOf(type.key());
    String where = Keys.join(path, type.key());
    Record policy =
        new Binder(found)
            .bind(type.record(), values, type.defaults(), where, Origin.of("policies"));
    return policy != null && type.check(policy, values, where, found) ? policy : null;
  }

  private PolicyTree valuesOf(String kind) {
    PolicyTree values = declared.tree().child(kind).overlay(defaults.tree().child(kind));
    for (PolicySection rule : rules) {
      values = values.overlay(rule.tree().child(kind));
    }
    return values;
  }

  private void reportUnknownKinds(String path, Problems found) {
    for (String kind : declared.tree().keys()) {
      if (!PolicySection.keys().contains(kind)) {
        found.add(
            Origin.ANNOTATION,
            Keys.join(path, kind),
            "unknown policy." + Suggestions.didYouMean(kind, PolicySection.keys()));
      }
    }
  }
}
