package io.gild.weaver;

import io.gild.config.Policies;
import io.gild.core.MethodSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * All that the weaver asks of the configuration: what to weave, and under which policies.
 *
 * <p>The only class here that knows where settings come from.
 */
final class EngineSettings {

  private final List<TargetRule> rules;
  private final List<String> problems;

  private EngineSettings(List<TargetRule> rules, List<String> problems) {
    this.rules = List.copyOf(rules);
    this.problems = List.copyOf(problems);
  }

  /**
   * Reads the settings.
   *
   * @param options options of the agent
   * @return the settings; never throws
   */
  static EngineSettings load(AgentOptions options) {
    List<TargetRule> rules = new ArrayList<>();
    String include = options.values().get("include");
    if (include != null) {
      for (String match : include.split(";")) {
        rules.add(TargetRule.of(match, ""));
      }
    }
    return new EngineSettings(rules, options.problems());
  }

  /** Returns the methods to weave although nothing is written on them. */
  List<TargetRule> rules() {
    return rules;
  }

  /** Returns one line for each thing that is wrong with the settings. */
  List<String> problems() {
    return problems;
  }

  /** Returns the policies of a method. */
  Policies policies(MethodSpec spec) {
    return Policies.none();
  }
}
