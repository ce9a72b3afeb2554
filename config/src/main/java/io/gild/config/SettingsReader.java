package io.gild.config;

import io.gild.config.PolicyTree.Located;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Binds laid-over trees to settings and checks what one part says of another. */
final class SettingsReader {

  private final Problems problems;

  SettingsReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * Reads what was given on top of the shipped defaults.
   *
   * @return the bound settings; parts with problems hold their shipped values
   */
  SettingsRoot read(PolicyTree given) {
    PolicyTree shipped = Shipped.tree();
    Binder binder = new Binder(problems);
    SettingsRoot root =
        binder.bind(
            SettingsRoot.class, shipped.overlay(given), shipped, "", Origin.of("gild.yaml"));
    if (root == null) {
      throw new IllegalStateException("the shipped settings are incomplete");
    }
    checkNames(given.child("defaults"), "defaults", root);
    checkNames(given.child("models"), "models", root);
    checkRules(given, root);
    return root;
  }

  private void checkRules(PolicyTree given, SettingsRoot root) {
    Located agents = given.entry("agents");
    if (agents == null || !(agents.value() instanceof List<?> rules)) {
      return;
    }
    for (int i = 0; i < rules.size(); i++) {
      if (((Located) rules.get(i)).value() instanceof PolicyTree rule) {
        checkNames(rule, "agents[" + i + "]", root);
      }
    }
  }

  /** Checks that the tiers and budgets which policies name exist. */
  void checkNames(PolicyTree policies, String path, SettingsRoot root) {
    checkNames(policies, path, root.tiers().keySet(), root.budgets());
  }

  void checkNames(
      PolicyTree policies, String path, Set<String> tiers, Map<String, Budget> budgets) {
    Located named = policies.child("route").entry("tiers");
    if (named != null && named.value() instanceof List<?> list) {
      for (Object tier : list) {
        checkTier((Located) tier, Keys.join(path, "route"), tiers);
      }
    } else if (named != null) {
      checkTier(named, Keys.join(path, "route"), tiers);
    }
    Located budget = policies.child("cost").entry("budget");
    if (budget != null && budget.value() instanceof String name && !name.isEmpty()) {
      checkBudget(name, budget.origin(), Keys.join(path, "cost"), budgets.keySet());
    }
  }

  private void checkTier(Located tier, String path, Set<String> tiers) {
    if (tier.value() instanceof String name && !tiers.contains(name)) {
      problems.add(
          tier.origin(),
          path,
          "tiers names \""
              + name
              + "\", which is no tier. Use some of "
              + String.join(", ", tiers)
              + "."
              + Suggestions.didYouMean(name, tiers));
    }
  }

  private void checkBudget(String name, Origin origin, String path, Set<String> budgets) {
    if (!budgets.contains(name)) {
      problems.add(
          origin,
          path,
          "budget names \""
              + name
              + "\", which is no budget. "
              + (budgets.isEmpty()
                  ? "Define it under budgets."
                  : "Use one of " + String.join(", ", budgets) + ".")
              + Suggestions.didYouMean(name, budgets));
    }
  }
}
