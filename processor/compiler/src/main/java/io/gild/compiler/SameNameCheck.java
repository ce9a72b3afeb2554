package io.gild.compiler;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds agents with the same name whose golden tasks would be mixed up in results and reports. */
final class SameNameCheck implements Check {

  private final Map<String, String> types = new HashMap<>();

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    if (agent.methods().stream().allMatch(method -> method.golden().isEmpty())) {
      return;
    }
    String other = types.putIfAbsent(agent.name(), agent.binaryName());
    if (other == null || other.equals(agent.binaryName())) {
      return;
    }
    Object[] arguments = {agent.name(), other, agent.binaryName()};
    Optional<Mirror> mirror = Mirror.of(agent.type(), Names.ANNOTATIONS + "Agent");
    if (mirror.isPresent()) {
      diagnostics.onAttribute(
          Message.AGENT_SAME_NAME, agent.type(), mirror.get(), "name", arguments);
    } else {
      diagnostics.onElement(Message.AGENT_SAME_NAME, agent.type(), arguments);
    }
  }
}
