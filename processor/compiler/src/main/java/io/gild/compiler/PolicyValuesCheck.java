package io.gild.compiler;

import io.gild.compiler.AgentModel.Method;
import io.gild.config.Keys;
import io.gild.config.PolicyTree;
import io.gild.config.PolicyType;
import io.gild.config.Problem;
import io.gild.config.Settings;
import io.gild.config.SettingsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.util.Elements;

/**
 * Finds invalid values: it creates the records that the run time will create, and reports their
 * problems.
 */
final class PolicyValuesCheck implements Check {

  /** Attributes that other checks cover with their own messages. */
  private static final Set<String> ELSEWHERE = Set.of("tiers", "budget", "answer", "policies");

  private final Elements elements;

  /** The problems of a policy's values; a project repeats few values many times. */
  private final Map<Map<String, Map<String, Object>>, List<Problem>> known = new HashMap<>();

  PolicyValuesCheck(Elements elements) {
    this.elements = elements;
  }

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    for (Method method : agent.methods()) {
      for (PolicyAnnotation policy : method.policies()) {
        check(policy, diagnostics);
      }
    }
  }

  private void check(PolicyAnnotation policy, Diagnostics diagnostics) {
    String key = policy.key();
    Mirror mirror = policy.mirror();
    if (!areNumbers(policy, diagnostics) || PolicyType.ofKey(key).isEmpty()) {
      return; // a policy whose module is not on the processor path is checked when it starts
    }
    Map<String, Map<String, Object>> values = Map.of(key, mirror.plain(elements));
    List<Problem> problems = known.get(values);
    if (problems == null) {
      problems = problems(PolicyTree.of(Map.of(key, mirror.tree(elements))));
      known.put(values, problems);
    }
    for (Problem problem : problems) {
      if (!ELSEWHERE.contains(problem.file())) {
        report(problem, policy, diagnostics);
      }
    }
  }

  private static boolean areNumbers(PolicyAnnotation policy, Diagnostics diagnostics) {
    Mirror mirror = policy.mirror();
    List<String> wrong = mirror.notNumbers();
    for (String attribute : wrong) {
      diagnostics.onAttribute(
          Message.POLICY_BAD_VALUE,
          policy.element(),
          mirror,
          attribute,
          mirror.name(),
          attribute,
          "must be a number, but is " + mirror.text(attribute));
    }
    return wrong.isEmpty();
  }

  private static List<Problem> problems(PolicyTree policy) {
    try {
      Settings.defaults().policies("", "", "", policy);
      return List.of();
    } catch (SettingsException e) {
      return e.problems();
    }
  }

  /** The problem's origin is the attribute; its message begins with the attribute's key. */
  private static void report(Problem problem, PolicyAnnotation policy, Diagnostics diagnostics) {
    String attribute = problem.file();
    String key = Keys.kebab(attribute);
    String message = problem.message();
    String rule = message.startsWith(key) ? message.substring(key.length()).trim() : message;
    diagnostics.onAttribute(
        rule.startsWith("must be a duration")
            ? Message.POLICY_BAD_DURATION
            : Message.POLICY_BAD_VALUE,
        policy.element(),
        policy.mirror(),
        attribute,
        policy.mirror().name(),
        attribute,
        rule);
  }
}
