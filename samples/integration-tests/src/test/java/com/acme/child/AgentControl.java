package com.acme.child;

import java.lang.reflect.Field;
import java.nio.file.Path;

/** Reaches the runtime of the javaagent in this JVM, which the application itself cannot see. */
public final class AgentControl {

  private AgentControl() {}

  /** Applies the settings of a file; woven code stays unchanged. */
  public static String takeSettings(String file) throws ReflectiveOperationException {
    Class<?> type = load("io.gild.config.Settings");
    Object settings = type.getMethod("load", Path.class).invoke(null, Path.of(file));
    Object runtime = runtime();
    runtime.getClass().getMethod("reload", type).invoke(runtime, settings);
    return "taken";
  }

  /** Returns the current report on one line, as if the JVM ended now. */
  public static String report() throws ReflectiveOperationException {
    Object runtime = runtime();
    Object content =
        load("io.gild.observability.ReportFile")
            .getMethod("content", load("io.gild.core.RuntimeScope"))
            .invoke(null, runtime);
    return (String)
        load("io.gild.config.Json").getMethod("write", Object.class).invoke(null, content);
  }

  private static Object runtime() throws ReflectiveOperationException {
    return load("io.gild.core.GildRuntime").getMethod("global").invoke(null);
  }

  private static Class<?> load(String name) throws ReflectiveOperationException {
    Field detach = Class.forName("io.gild.javaagent.AgentMain").getDeclaredField("detach");
    detach.setAccessible(true);
    return detach.get(null).getClass().getClassLoader().loadClass(name);
  }
}
