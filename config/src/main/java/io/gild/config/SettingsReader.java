package io.gild.config;

import io.gild.config.PolicyTree.Located;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Binds merged trees to settings and checks references between their parts. */
final class SettingsReader {

  private final Problems problems;
  private final Binder binder;

  SettingsReader(Problems problems) {
    this.problems = problems;
    this.binder = new Binder(problems);
  }

  /**
   * Reads what was given on top of the shipped defaults.
   *
   * @return what each section is bound to; parts with problems hold their shipped values
   */
  Map<Section<?>, Object> read(PolicyTree given) {
    PolicyTree defaults = Sections.defaults();
    PolicyTree all = defaults.overlay(given);
    binder.reportUnknownKeys(known(), all, "");
    Map<Section<?>, Object> bound = new HashMap<>();
    for (List<Section<?>> sections : Sections.byKey().values()) {
      reportUnknownKeys(sections.get(0).key(), sections, all);
      for (Section<?> section : sections) {
        Object value = binder.section(section, part(section, all), part(section, defaults));
        if (value == null) {
          throw new IllegalStateException(
              "the defaults of " + section + " are incomplete: " + problems.list());
        }
        bound.put(section, value);
      }
    }
    checkNames(given.child("defaults"), "defaults", all);
    checkNames(given.child("models"), "models", all);
    checkRules(given, all);
    return bound;
  }

  /** Returns the keys of all sections, those of Gild's modules that are absent included. */
  private static Set<String> known() {
    Set<String> known = new LinkedHashSet<>(Sections.byKey().keySet());
    known.addAll(Shipped.tree().keys());
    return known;
  }

  /**
   * Keeps the part of a section that one module declares, where several may declare the section.
   */
  private static PolicyTree part(Section<?> section, PolicyTree all) {
    if (!isRecord(section)) {
      return all;
    }
    List<String> own = RecordShape.of((Class<?>) section.type()).keys();
    return all.replaced(section.key(), all.child(section.key()).only(own));
  }

  private void reportUnknownKeys(String key, List<Section<?>> declared, PolicyTree all) {
    Set<String> keys = new LinkedHashSet<>(Shipped.tree().child(key).keys());
    for (Section<?> section : declared) {
      if (!isRecord(section)) {
        return;
      }
      keys.addAll(RecordShape.of((Class<?>) section.type()).keys());
    }
    binder.reportUnknownKeys(keys, all.child(key), key);
  }

  private static boolean isRecord(Section<?> section) {
    return section.type() instanceof Class<?> type
        && type.isRecord()
        && type != PolicySection.class;
  }

  private void checkRules(PolicyTree given, PolicyTree all) {
    List<PolicyTree> rules = given.trees("agents");
    for (int i = 0; i < rules.size(); i++) {
      checkNames(rules.get(i), "agents[" + i + "]", all);
    }
  }

  /** Checks that what policies name exists. */
  void checkNames(PolicyTree policies, String path, PolicyTree all) {
    for (PolicyType<?> type : PolicyTypes.all()) {
      for (PolicyType.Reference reference : type.references()) {
        Located named = policies.child(type.key()).entry(reference.key());
        if (named != null) {
          checkNames(reference, named, Keys.join(path, type.key()), all);
        }
      }
    }
  }

  private void checkNames(
      PolicyType.Reference reference, Located named, String path, PolicyTree all) {
    Set<String> known = all.child(reference.section()).keys();
    if (named.value() instanceof List<?> list) {
      for (Object each : list) {
        checkName(reference, (Located) each, "some", path, known);
      }
    } else {
      checkName(reference, named, "one", path, known);
    }
  }

  private void checkName(
      PolicyType.Reference reference, Located named, String some, String path, Set<String> known) {
    if (!(named.value() instanceof String name) || name.isEmpty() || known.contains(name)) {
      return;
    }
    String remedy =
        known.isEmpty()
            ? "Define it under " + reference.section() + "."
            : "Use " + some + " of " + String.join(", ", known) + ".";
    problems.add(
        named.origin(),
        path,
        "%s names \"%s\", which is not a %s. %s%s"
            .formatted(
                reference.key(),
                name,
                reference.noun(),
                remedy,
                Suggestions.didYouMean(name, known)));
  }
}
