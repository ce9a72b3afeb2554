package io.gild.architecture;

import java.lang.instrument.Instrumentation;
import java.util.function.BiFunction;

/**
 * Starts the javaagent from the class path of the application. The installer is looked up by name,
 * because the agent's jar, against which a full build compiles, does not show it.
 */
public final class AgentOnClassPath {

  private AgentOnClassPath() {}

  @SuppressWarnings("unchecked") // the installer is such a function
  public static void premain(String options, Instrumentation instrumentation)
      throws ReflectiveOperationException {
    ((BiFunction<String, Instrumentation, Runnable>)
            Class.forName("io.gild.javaagent.inst.Installer").getConstructor().newInstance())
        .apply(options, instrumentation);
  }
}
