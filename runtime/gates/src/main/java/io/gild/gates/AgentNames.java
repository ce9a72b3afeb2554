package io.gild.gates;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Distinguishes agents with the same name by their classes, so that no agent hides the failures of
 * another.
 */
final class AgentNames {

  private AgentNames() {}

  /** Returns results whose keys name an agent of one class each. */
  static Collection<TaskResult> apart(Collection<TaskResult> results) {
    Map<String, Set<String>> types = new HashMap<>();
    for (TaskResult result : results) {
      types.computeIfAbsent(result.key().agent(), agent -> new TreeSet<>()).add(result.type());
    }
    if (types.values().stream().allMatch(each -> each.size() == 1)) {
      return results;
    }
    return results.stream()
        .map(result ->
            types.getOrDefault(result.key().agent(), Set.of()).size() == 1
                ? result
                : result.of(
                    new TaskKey(of(result.key().agent(), result.type()), result.key().task())))
        .toList();
  }

  /** Returns the name of an agent whose name is shared with another class. */
  static String of(String agent, String type) {
    return agent + " (" + type + ")";
  }

  /** Returns the name under which the results of a declared agent are counted. */
  static String counted(AgentInfo agent, List<String> known) {
    String apart = of(agent.name(), agent.type());
    return known.contains(apart) ? apart : agent.name();
  }
}
