package io.gild.weaver;

import io.gild.config.Glob;

/**
 * Names methods to govern without an annotation.
 *
 * @param classGlob pattern of the binary name of the declaring class
 * @param methodGlob pattern of the method's name
 * @param agent name of the agent; empty means the simple name of the class
 */
record TargetRule(String classGlob, String methodGlob, String agent) {

  /**
   * Reads {@code com.acme.*Agent#answer}.
   *
   * @param match class and method, divided by {@code #}
   * @param agent name of the agent, possibly empty
   * @return the rule
   */
  static TargetRule of(String match, String agent) {
    int hash = match.indexOf('#');
    return new TargetRule(match.substring(0, hash), match.substring(hash + 1), agent);
  }

  boolean matchesClass(String className) {
    return Glob.matches(classGlob, className);
  }

  boolean matches(String className, String methodName) {
    return matchesClass(className) && Glob.matches(methodGlob, methodName);
  }

  @Override
  public String toString() {
    return classGlob + "#" + methodGlob;
  }
}
