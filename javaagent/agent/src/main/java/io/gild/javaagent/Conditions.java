package io.gild.javaagent;

/** Returns whether the agent is wanted in this JVM. */
final class Conditions {

  private Conditions() {}

  /** Returns whether the agent was not switched off. */
  static boolean enabled() {
    String property = System.getProperty("gild.enabled");
    String value = property != null ? property : System.getenv("GILD_ENABLED");
    return !"false".equalsIgnoreCase(value);
  }

  /** Returns whether this is a tool of the JDK, to which {@code JAVA_TOOL_OPTIONS} also applies. */
  static boolean isJdkTool() {
    return isJdkTool(System.getProperty("jdk.module.main"), System.getProperty("sun.java.command"));
  }

  static boolean isJdkTool(String mainModule, String command) {
    if (mainModule != null && (mainModule.startsWith("jdk.") || mainModule.equals("java.base"))) {
      return true;
    }
    return command != null
        && (command.startsWith("com.sun.tools.")
            || command.startsWith("sun.tools.")
            || command.startsWith("jdk."));
  }
}
