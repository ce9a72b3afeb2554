package io.gild.core;

import java.util.ArrayList;
import java.util.List;

/** A stand-in with the signatures generated code relies on. */
public final class WrappedMethod {

  public interface Body {
    Object run(Object[] arguments) throws Throwable;
  }

  /** What was called, for tests to read. */
  public static final List<String> LOG = new ArrayList<>();

  /** Whether bodies are handed over instead of inlined. */
  public static boolean detached;

  private final String name;

  private WrappedMethod(String name) {
    this.name = name;
  }

  public static WrappedMethod of(Class<?> type, String method, String descriptor) {
    return new WrappedMethod(type.getSimpleName() + "." + method + descriptor);
  }

  public boolean idle() {
    return false;
  }

  public boolean detached() {
    return detached;
  }

  public AgentCall begin(Object self, Object... arguments) {
    LOG.add(name + " " + arguments.length);
    return new AgentCall(arguments);
  }

  public Object call(Object self, Body body, Object... arguments) {
    LOG.add("detached " + name + " " + arguments.length);
    AgentCall call = new AgentCall(arguments);
    while (call.proceed()) {
      try {
        call.returned(body.run(arguments));
      } catch (Throwable failure) {
        call.threw(failure);
      }
    }
    return call.result();
  }
}
