package io.gild.architecture;

import io.gild.javaagent.inst.Installer;
import java.lang.instrument.Instrumentation;

/** Starts the javaagent from the class path of the application. */
public final class AgentOnClassPath {

  private AgentOnClassPath() {}

  public static void premain(String options, Instrumentation instrumentation) {
    new Installer().apply(options, instrumentation);
  }
}
