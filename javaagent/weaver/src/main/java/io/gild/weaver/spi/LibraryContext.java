package io.gild.weaver.spi;

import io.gild.weaver.LazyRuntime;
import io.gild.weaver.OpenPackages;
import io.gild.weaver.ProxiedMethods;
import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The services of the agent for the libraries that it weaves. */
public final class LibraryContext {

  private final Instrumentation instrumentation;
  private final LazyRuntime runtime;
  private final ProxiedMethods proxied;
  private final Map<Class<?>, Object> shared = new HashMap<>();

  /**
   * Creates a context.
   *
   * @param instrumentation the JVM's
   * @param runtime governs the calls
   * @param proxied the methods of agents that are interfaces only
   */
  public LibraryContext(
      Instrumentation instrumentation, LazyRuntime runtime, ProxiedMethods proxied) {
    this.instrumentation = instrumentation;
    this.runtime = runtime;
    this.proxied = proxied;
  }

  /** Returns the runtime that governs the calls. */
  public LazyRuntime runtime() {
    return runtime;
  }

  /** Returns the methods of agents that are interfaces only. */
  public ProxiedMethods proxied() {
    return proxied;
  }

  /**
   * Returns the one object of a type that all libraries of this agent share.
   *
   * @param type the type
   * @param maker makes the object at the first call
   */
  public synchronized <T> T shared(Class<T> type, Function<LibraryContext, T> maker) {
    Object known = shared.get(type);
    if (known == null) {
      known = maker.apply(this);
      shared.put(type, known);
    }
    return type.cast(known);
  }

  /**
   * Opens packages of the JDK to the agent; a module that this JVM does not have is passed over.
   *
   * @param moduleName name of the module
   * @param packages names of the packages
   */
  public void open(String moduleName, String... packages) {
    OpenPackages.open(instrumentation, moduleName, packages);
  }
}
