package io.gild.javaagent;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Starts the agent once, if it is wanted in this JVM; a failure prints one line and is not
 * rethrown.
 */
public final class AgentMain {

  /** Set in a JVM that contains the agent, so that a second attach can detect it. */
  static final String ATTACHED = "gild.attached";

  private static Runnable detach;

  private AgentMain() {}

  /**
   * Starts the agent before the application.
   *
   * @param options the options, or {@code null}
   * @param instrumentation the JVM's
   */
  public static void premain(String options, Instrumentation instrumentation) {
    start(options, instrumentation);
  }

  /**
   * Starts the agent in a running application, or detaches it.
   *
   * @param options the options, or {@code detach}
   * @param instrumentation the JVM's
   */
  public static void agentmain(String options, Instrumentation instrumentation) {
    if ("detach".equals(options)) {
      detach();
    } else {
      start(options, instrumentation);
    }
  }

  private static synchronized void start(String options, Instrumentation instrumentation) {
    if (!Conditions.enabled() || Conditions.isJdkTool()) {
      return;
    }
    if (detach != null && isForConsole(options)) {
      switchOnConsole(options);
      return;
    }
    if (detach != null) {
      System.err.println("[gild] is attached already; the second agent does nothing");
      return;
    }
    try {
      AgentClassLoader loader = new AgentClassLoader(jar());
      Object installer =
          loader.loadClass("io.gild.javaagent.inst.Installer").getConstructor().newInstance();
      detach = install(installer, options, instrumentation);
      System.setProperty(ATTACHED, "true");
    } catch (Throwable fault) {
      System.err.println("[gild] off: " + fault);
    }
  }

  /** Returns whether options ask an attached agent for the console alone. */
  static boolean isForConsole(String options) {
    return options != null && options.matches("console(=[0-9]{1,5})?");
  }

  @SuppressWarnings("unchecked") // the type is known here only by its name
  private static void switchOnConsole(String options) {
    try {
      ((Consumer<String>) detach).accept(options);
    } catch (Throwable fault) {
      System.err.println("[gild] the console could not be switched on: " + fault);
    }
  }

  @SuppressWarnings("unchecked") // the type is known here only by its name
  private static Runnable install(
      Object installer, String options, Instrumentation instrumentation) {
    return ((BiFunction<String, Instrumentation, Runnable>) installer)
        .apply(options, instrumentation);
  }

  private static synchronized void detach() {
    if (detach == null) {
      System.err.println("[gild] is not attached; there is nothing to detach");
      return;
    }
    try {
      detach.run();
    } catch (Throwable fault) {
      System.err.println("[gild] could not be detached: " + fault);
    }
    detach = null;
    System.clearProperty(ATTACHED);
  }

  private static File jar() throws Exception {
    return new File(AgentMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
