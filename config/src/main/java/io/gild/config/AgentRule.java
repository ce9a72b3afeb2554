package io.gild.config;

/**
 * Policies for the agents a rule matches.
 *
 * @param match {@code classGlob#methodGlob} or {@code classGlob}; empty if {@code agent} is given
 * @param agent name of the one agent that is matched; empty if {@code match} is given
 * @param name name that matched agents get which have none of their own; empty means none
 * @param policies the policies by their keys, only what the rule says
 */
public record AgentRule(String match, String agent, String name, PolicyTree policies) {

  /**
   * Returns whether methods of a class may match.
   *
   * @param className binary name of the class
   * @return {@code false} if none can; a rule for a named agent matches no class by its name
   */
  public boolean matchesType(String className) {
    return !match.isEmpty() && Glob.matches(classGlob(), className);
  }

  /**
   * Returns whether a method matches.
   *
   * @param agentName name of the agent
   * @param className binary name of the class
   * @param methodName name of the method
   * @return whether the rule applies
   */
  public boolean matches(String agentName, String className, String methodName) {
    if (!agent.isEmpty()) {
      return agent.equals(agentName);
    }
    return matchesType(className) && Glob.matches(methodGlob(), methodName);
  }

  /**
   * Returns the pattern of class names.
   *
   * @return a glob of binary names
   */
  public String classGlob() {
    int hash = match.indexOf('#');
    return hash < 0 ? match : match.substring(0, hash);
  }

  /**
   * Returns the pattern of method names.
   *
   * @return a glob
   */
  public String methodGlob() {
    int hash = match.indexOf('#');
    return hash < 0 ? "*" : match.substring(hash + 1);
  }
}
