package io.gild.compiler;

import io.gild.compiler.AgentModel.Method;
import io.gild.compiler.AgentModel.Role;
import io.gild.config.PriceTable;
import io.gild.config.Settings;
import io.gild.config.Suggestions;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationValue;
import org.jspecify.annotations.Nullable;

/** Finds tiers and budgets that no configuration defines. */
final class NamesCheck implements Check {

  private final Settings settings;
  private final PriceTable prices;

  /**
   * @param settings the shipped settings, with the project's own over them if they are known
   */
  NamesCheck(Settings settings) {
    this.settings = settings;
    this.prices = PriceTable.of(settings);
  }

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    for (Method method : agent.methods()) {
      Mirror routed = method.policy("route");
      if (routed != null) {
        checkTiers(routed, method, diagnostics);
      }
      Mirror costTracked = method.policy("cost");
      if (costTracked != null) {
        checkBudget(costTracked, method, diagnostics);
        checkModel(costTracked, method, diagnostics);
      }
    }
  }

  private void checkTiers(Mirror routed, Method method, Diagnostics diagnostics) {
    Set<String> tiers = settings.values("tiers").keys();
    for (AnnotationValue item : routed.items("tiers")) {
      String tier = item.getValue().toString();
      if (!tiers.contains(tier)) {
        diagnostics.onValue(
            Message.ROUTED_UNKNOWN_TIER,
            method.element(),
            routed,
            item,
            tier,
            String.join(", ", tiers),
            Suggestions.didYouMean(tier, tiers));
      }
    }
  }

  private void checkBudget(Mirror costTracked, Method method, Diagnostics diagnostics) {
    Set<String> budgets = settings.values("budgets").keys();
    String budget = costTracked.text("budget");
    if (!budget.isEmpty() && !budgets.contains(budget)) {
      diagnostics.onAttribute(
          Message.COST_TRACKED_UNKNOWN_BUDGET,
          method.element(),
          costTracked,
          "budget",
          budget,
          budgets.isEmpty()
              ? "Define it under budgets in gild.yaml and compile with -Agild.config=gild.yaml or \"-Xplugin:Gild config=gild.yaml\"."
              : "Use one of " + String.join(", ", budgets) + ".",
          Suggestions.didYouMean(budget, budgets));
    }
    Object per = settings.values("budgets").child(budget).get("per");
    if (names(per, "tenant") && !hasTenant(method)) {
      diagnostics.onAttribute(
          Message.COST_TRACKED_NO_TENANT,
          method.element(),
          costTracked,
          "budget",
          budget,
          method.label());
    }
  }

  /** Returns whether a value is a name, or a list with it. */
  private static boolean names(@Nullable Object value, String name) {
    List<?> all = value instanceof List<?> list ? list : List.of(String.valueOf(value));
    return all.stream().anyMatch(each -> name.equalsIgnoreCase(String.valueOf(each)));
  }

  private static boolean hasTenant(Method method) {
    return method.parameters().stream().anyMatch(each -> each.role() == Role.TENANT);
  }

  private void checkModel(Mirror costTracked, Method method, Diagnostics diagnostics) {
    String model = costTracked.text("model");
    if (!model.isEmpty() && prices.find(model).isEmpty()) {
      diagnostics.onAttribute(
          Message.COST_TRACKED_UNPRICED_MODEL,
          method.element(),
          costTracked,
          "model",
          model,
          model,
          Suggestions.didYouMean(model, prices.models()));
    }
  }
}
