package io.gild.compiler;

/** Finds one family of mistakes in an agent. */
interface Check {

  void check(AgentModel agent, Diagnostics diagnostics);
}
