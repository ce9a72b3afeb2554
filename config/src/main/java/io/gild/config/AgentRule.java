package io.gild.config;

import org.jspecify.annotations.Nullable;

/**
 * Policies for the agents a rule matches.
 *
 * @param match {@code classGlob#methodGlob}; empty if {@code agent} is given
 * @param agent name of the one agent that is matched; empty if {@code match} is given
 * @param name name for matched agents without a name; empty means none
 * @param policies the policies by their keys, only those in the rule
 */
@Experimental
public record AgentRule(String match, String agent, String name, PolicyTree policies) {

  /**
   * Returns why a pattern is invalid.
   *
   * @param match a pattern
   * @return a sentence without its subject and full stop; {@code null} if the pattern names a class
   *     and a method
   */
  public static @Nullable String wrongWith(String match) {
    int hash = match.indexOf('#');
    if (hash > 0 && hash < match.length() - 1 && match.indexOf('#', hash + 1) < 0) {
      return null;
    }
    String type = hash < 0 ? match : match.substring(0, hash);
    int dot = type.lastIndexOf('.');
    boolean dotted = hash < 0 && dot > 0 && isMethodName(type, dot + 1);
    String meant = dotted ? type.substring(0, dot) + "#" + type.substring(dot + 1) : type + "#*";
    return "must name class and method, such as \"com.acme.Desk#answer\", but is \""
        + match
        + "\". Did you mean \""
        + meant
        + "\"?";
  }

  private static boolean isMethodName(String text, int from) {
    return from < text.length() && Character.isLowerCase(text.charAt(from));
  }

  /**
   * Returns whether methods of a class may match.
   *
   * @param className binary name of the class
   * @return {@code false} if none can; a rule for a named agent matches no class name
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
    return match.substring(0, match.indexOf('#'));
  }

  /**
   * Returns the pattern of method names.
   *
   * @return a glob
   */
  public String methodGlob() {
    return match.substring(match.indexOf('#') + 1);
  }
}
