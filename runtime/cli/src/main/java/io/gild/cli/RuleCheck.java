package io.gild.cli;

import io.gild.a2a.server.ServeSettings;
import io.gild.config.AgentRule;
import io.gild.config.Glob;
import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.Suggestions;
import io.gild.golden.DeclaredAgent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds rules of {@code gild.yaml} that match nothing in a class path. */
final class RuleCheck {

  private final Map<String, Set<String>> classes;
  private final Set<String> agents = new TreeSet<>();

  RuleCheck(List<Path> entries) throws IOException {
    classes = ClassMethods.read(entries);
    for (DeclaredAgent agent : ClassPathAgents.declared(entries)) {
      agents.add(agent.name());
    }
  }

  /** Returns a line for each rule that matches nothing. */
  List<String> unmatched(Settings settings) {
    List<String> lines = new ArrayList<>();
    List<AgentRule> rules = settings.agents();
    for (AgentRule rule : rules) {
      if (!rule.name().isEmpty()) {
        agents.add(rule.name());
      }
    }
    List<AgentRule> served = served(settings);
    served.forEach(rule -> agents.add(rule.name()));
    check(settings, "agents", rules, lines);
    check(settings, "a2a.serve", served, lines);
    return lines;
  }

  /** Returns the rules for methods that the javaagent serves. */
  static List<AgentRule> served(Settings settings) {
    return settings.get(ServeSettings.SECTION).serve().stream()
        .map(rule -> new AgentRule(rule.match(), "", rule.agent(), PolicyTree.empty()))
        .toList();
  }

  private void check(Settings settings, String key, List<AgentRule> rules, List<String> lines) {
    for (int i = 0; i < rules.size(); i++) {
      String wrong = wrongWith(rules.get(i));
      if (!wrong.isEmpty()) {
        String rule = key + "[" + i + "]";
        lines.add(place(settings, rule + ".") + ": " + rule + " " + wrong);
      }
    }
  }

  private static String place(Settings settings, String path) {
    return settings.effective().stream()
        .filter(each -> each.path().startsWith(path))
        .findFirst()
        .map(each -> each.origin().toString())
        .orElse("gild.yaml");
  }

  private String wrongWith(AgentRule rule) {
    if (!rule.agent().isEmpty()) {
      return agents.contains(rule.agent())
          ? ""
          : "names agent \""
              + rule.agent()
              + "\", which no annotation and no rule defines."
              + Suggestions.didYouMean(rule.agent(), agents);
    }
    List<String> found =
        classes.keySet().stream().filter(each -> Glob.matches(rule.classGlob(), each)).toList();
    if (found.isEmpty()) {
      return "matches no class: "
          + rule.classGlob()
          + " is not in the class path."
          + Suggestions.didYouMean(rule.classGlob(), classes.keySet());
    }
    Set<String> methods = new TreeSet<>();
    found.forEach(each -> methods.addAll(classes.getOrDefault(each, Set.of())));
    return methods.stream().anyMatch(each -> Glob.matches(rule.methodGlob(), each))
        ? ""
        : "matches no method: "
            + rule.match()
            + " names none of "
            + String.join(", ", methods.stream().filter(each -> !each.contains("<")).toList())
            + "."
            + Suggestions.didYouMean(rule.methodGlob(), methods);
  }
}
