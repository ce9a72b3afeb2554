package io.gild.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sections of all modules that are present, and those of the settings themselves.
 *
 * <p>Runs before main, like all code that binds settings: it has no lambdas and no streams, because
 * the first one of them costs more than all the rest.
 */
final class Sections {

  static final Section<Mode> MODE = Section.of("mode", Mode.class);
  static final Section<Boolean> ENABLED = Section.of("enabled", boolean.class);
  static final Section<Path> DATA = Section.of("data", Path.class);
  static final Section<PolicySection> DEFAULTS = Section.of("defaults", PolicySection.class);
  static final Section<PolicySection> MODELS = Section.of("models", PolicySection.class);
  static final Section<List<AgentRule>> AGENTS = Section.listOf("agents", AgentRule.class);
  static final Section<List<ToolRule>> TOOLS = Section.listOf("tools", ToolRule.class);

  private static final List<Section<?>> OWN =
      List.of(MODE, ENABLED, DATA, DEFAULTS, MODELS, AGENTS, TOOLS);

  private static final Sections PRESENT = new Sections(SettingsModules.sections());

  private final Map<String, List<Section<?>>> byKey = new LinkedHashMap<>();
  private final Map<Class<?>, List<String>> optional = new HashMap<>();
  private final PolicyTree defaults;

  private Sections(List<Section<?>> declared) {
    Map<String, List<Section<?>>> sorted = new TreeMap<>();
    add(declared, sorted);
    add(List.of(Price.SECTION, Pricing.SECTION), sorted);
    add(OWN, byKey);
    List<Section<?>> all = new ArrayList<>(OWN);
    for (List<Section<?>> same : sorted.values()) {
      add(same, byKey);
      all.addAll(same);
    }
    for (Section<?> section : all) {
      optional.putAll(section.optional());
    }
    this.defaults = defaultsOf(all);
  }

  private static void add(List<Section<?>> declared, Map<String, List<Section<?>>> byKey) {
    for (Section<?> section : declared) {
      List<Section<?>> same = byKey.get(section.key());
      if (same == null) {
        same = new ArrayList<>();
        byKey.put(section.key(), same);
      }
      same.add(section);
    }
  }

  private static PolicyTree defaultsOf(List<Section<?>> sections) {
    PolicyTree defaults = PolicyTree.empty();
    for (Section<?> section : sections) {
      if (!section.defaults().isEmpty()) {
        defaults = defaults.overlay(PolicyTree.of(Map.of(section.key(), section.defaults())));
      }
    }
    return defaults.overlay(Shipped.tree());
  }

  /** Returns the sections by their keys; several modules may have declared one key. */
  static Map<String, List<Section<?>>> byKey() {
    return PRESENT.byKey;
  }

  /** Returns the keys of components that may be absent. */
  static Map<Class<?>, List<String>> optional() {
    return PRESENT.optional;
  }

  /** Returns the values of keys that are left out: the shipped values over the modules'. */
  static PolicyTree defaults() {
    return PRESENT.defaults;
  }

  /** Expands the short forms of a file. */
  static PolicyTree expand(PolicyTree file) {
    PolicyTree expanded = file;
    for (List<Section<?>> sections : PRESENT.byKey.values()) {
      for (Section<?> section : sections) {
        PolicyTree written = expanded.child(section.key());
        expanded = expanded.replaced(section.key(), section.expand(written));
      }
    }
    return expanded;
  }
}
