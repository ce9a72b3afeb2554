package io.gild.javaagent;

import java.lang.instrument.Instrumentation;

/**
 * The entry point of the agent; compiled for Java 8, so that a JVM that is too old can report that.
 */
public final class AgentPreMain {

  private static final int OLDEST = 17;

  private AgentPreMain() {}

  /**
   * Starts the agent before the application.
   *
   * @param options the text after the {@code =}, or {@code null}
   * @param instrumentation the JVM's
   */
  public static void premain(String options, Instrumentation instrumentation) {
    start(options, instrumentation, false);
  }

  /**
   * Starts the agent in a running application, or detaches it.
   *
   * @param options the same as for {@link #premain}, or {@code detach}
   * @param instrumentation the JVM's
   */
  public static void agentmain(String options, Instrumentation instrumentation) {
    start(options, instrumentation, true);
  }

  private static void start(String options, Instrumentation instrumentation, boolean running) {
    try {
      String version = System.getProperty("java.specification.version");
      if (!isSupported(version)) {
        System.err.println(
            "[gild] needs Java " + OLDEST + " or later, this JVM is Java " + version + ": off");
      } else if (running) {
        AgentMain.agentmain(options, instrumentation);
      } else {
        AgentMain.premain(options, instrumentation);
      }
    } catch (Throwable fault) {
      System.err.println("[gild] off: " + fault);
    }
  }

  static boolean isSupported(String specificationVersion) {
    try {
      return Integer.parseInt(specificationVersion) >= OLDEST;
    } catch (NumberFormatException old) {
      // "1.8" and similar, or no number.
      return false;
    }
  }
}
