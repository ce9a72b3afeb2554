package io.gild.compiler;

/** Finds names of agents that configuration and telemetry could not use. */
final class AgentCheck implements Check {

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    Mirror.of(agent.type(), Names.ANNOTATIONS + "Agent")
        .ifPresent(mirror -> {
          if (!isName(agent.name())) {
            diagnostics.onAttribute(
                Message.AGENT_BAD_NAME, agent.type(), mirror, "name", agent.name());
          }
          if (agent.methods().isEmpty()) {
            diagnostics.onAnnotation(
                Message.AGENT_NOTHING_GOVERNED, agent.type(), mirror, agent.type().getSimpleName());
          }
        });
  }

  private static boolean isName(String name) {
    return name.chars()
        .allMatch(c -> Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
  }
}
