package io.gild.core;

import io.gild.config.AgentRule;
import io.gild.config.Experimental;
import io.gild.config.Suggestions;
import io.gild.config.ToolRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Finds rules of {@code gild.yaml} that matched no call: most of them are misspelled. */
@Experimental
public final class UnusedRules {

  private UnusedRules() {}

  /**
   * Returns a line for each rule that names an agent or a tool and matched no call.
   *
   * @param runtime the runtime, at the end of its application
   * @return the lines; empty if all rules matched
   */
  public static List<String> byName(RuntimeScope runtime) {
    List<MethodSpec> called = called(runtime);
    Set<String> names = new TreeSet<>();
    called.forEach(spec -> names.add(spec.agent()));
    List<String> lines = new ArrayList<>();
    List<AgentRule> rules = runtime.settings().agents();
    for (int i = 0; i < rules.size(); i++) {
      String agent = rules.get(i).agent();
      if (!agent.isEmpty() && !names.contains(agent)) {
        lines.add(
            "agents[%d] names agent \"%s\", which was never called.%s"
                .formatted(i, agent, Suggestions.didYouMean(agent, names)));
      }
    }
    List<ToolRule> tools = runtime.settings().tools();
    for (int i = 0; i < tools.size(); i++) {
      ToolRule rule = tools.get(i);
      if (none(called, spec -> spec.kind() == CallKind.TOOL && rule.matches(spec.methodName()))) {
        lines.add("tools[%d] (%s) matched no tool that was called.".formatted(i, rule.match()));
      }
    }
    return lines;
  }

  /**
   * Returns a line for each rule that names a method and matched no call.
   *
   * @param runtime the runtime, at the end of its application
   * @return the lines; empty if all rules matched
   */
  public static List<String> byMethod(RuntimeScope runtime) {
    List<MethodSpec> called = called(runtime);
    List<String> lines = new ArrayList<>();
    List<AgentRule> rules = runtime.settings().agents();
    for (int i = 0; i < rules.size(); i++) {
      AgentRule rule = rules.get(i);
      if (!rule.match().isEmpty()
          && none(
              called, spec -> rule.matches(spec.agent(), spec.className(), spec.methodName()))) {
        lines.add(
            "agents[%d] (%s) matched no method of a wrapper that was called; without a wrapper, the javaagent governs it."
                .formatted(i, rule.match()));
      }
    }
    return lines;
  }

  /**
   * Returns the methods that were called, also in applications that were unloaded and before the
   * runtime closed.
   */
  private static List<MethodSpec> called(RuntimeScope runtime) {
    return runtime.totals().stream().map(MethodTotals::spec).toList();
  }

  private static boolean none(List<MethodSpec> called, Predicate<MethodSpec> wanted) {
    return called.stream().noneMatch(wanted);
  }
}
