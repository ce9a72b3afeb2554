package io.gild.evaluation;

import io.gild.config.Experimental;
import io.gild.core.GildLog;
import io.gild.evaluation.spi.GoldenAgentProvider;
import io.gild.evaluation.spi.GoldenRun;
import io.gild.gates.TaskKey;
import io.gild.golden.DeclaredAgent;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes agents: those that golden tasks call, and those that are served.
 *
 * <p>A {@link GoldenAgentProvider} makes an agent; without one, the constructor without parameters
 * of its wrapper or class, or else the one static method that returns it. Used by one thread at a
 * time.
 */
@Experimental
public final class GoldenAgents {

  private static final String SERVED = "serve";

  /** An agent, and the provider that made it. */
  record Made(Object agent, @Nullable GoldenAgentProvider provider) {

    /** Ends the agent. */
    void release(GoldenRun run) throws Exception {
      if (provider != null) {
        provider.release(agent, run);
      }
    }
  }

  private final ClassLoader loader;
  private final List<GoldenAgentProvider> providers = new ArrayList<>();

  /**
   * Finds the providers.
   *
   * @param loader the loader of the agents' classes
   */
  public GoldenAgents(ClassLoader loader) {
    this.loader = loader;
    ServiceLoader.load(GoldenAgentProvider.class, loader).forEach(providers::add);
  }

  /**
   * Makes an agent that stays for as long as the JVM, for no golden task.
   *
   * @param agent the agent
   * @return the object; providers made it for a run of a task that is called {@code serve}
   * @throws Exception if it cannot be made
   */
  public Object make(DeclaredAgent agent) throws Exception {
    return make(agent, new GoldenRun(new TaskKey(agent.name(), SERVED), List.of(), 1, 1, SERVED))
        .agent();
  }

  Made make(DeclaredAgent agent, GoldenRun run) throws Exception {
    Class<?> type = loader.loadClass(agent.type());
    for (GoldenAgentProvider provider : providers) {
      Optional<?> made = provider.agent(type, run);
      if (made.isPresent()) {
        return new Made(made.get(), provider);
      }
    }
    String wrapper = agent.wrapper();
    return new Made(
        wrapper == null ? construct(agent, type) : wrapped(agent, type, loader.loadClass(wrapper)),
        null);
  }

  /** Makes the wrapper, or wraps the object that the agent's own factory makes. */
  private static Object wrapped(DeclaredAgent agent, Class<?> type, Class<?> wrapper)
      throws Exception {
    Object made = make(agent, wrapper);
    if (made != null) {
      return made;
    }
    Object plain = construct(agent, type);
    for (Constructor<?> constructor : wrapper.getDeclaredConstructors()) {
      if (type.isInterface()
          && constructor.getParameterCount() == 1
          && constructor.getParameterTypes()[0].isInstance(plain)) {
        constructor.setAccessible(true);
        return constructor.newInstance(plain);
      }
    }
    GildLog.info(
        "%s is called as its factory makes it, without its wrapper %s, which has no constructor without parameters."
            .formatted(agent.type(), wrapper.getName()));
    return plain;
  }

  private static Object construct(DeclaredAgent agent, Class<?> type) throws Exception {
    Object made = make(agent, type);
    if (made != null) {
      return made;
    }
    throw new IllegalStateException(
        "agent "
            + agent.type()
            + " has neither a constructor without parameters nor one static method that returns it."
            + " Give it one, or provide a "
            + GoldenAgentProvider.class.getName());
  }

  /**
   * Calls the constructor without parameters, or else the one static method that makes an agent;
   * {@code null} if there is neither.
   */
  private static @Nullable Object make(DeclaredAgent agent, Class<?> type) throws Exception {
    try {
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        if (constructor.getParameterCount() == 0 && !Modifier.isAbstract(type.getModifiers())) {
          constructor.setAccessible(true);
          return constructor.newInstance();
        }
      }
      Method factory = factory(type);
      if (factory == null) {
        return null;
      }
      factory.setAccessible(true);
      Object made = factory.invoke(null);
      if (made == null) {
        throw new IllegalStateException(factory + " returned null");
      }
      return made;
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() instanceof Exception cause ? cause : thrown;
    } catch (ReflectiveOperationException | RuntimeException failure) {
      throw new IllegalStateException(
          agent.type() + " cannot be instantiated: " + failure.getMessage(), failure);
    }
  }

  /** Returns the one static method that returns the type or, if none does, a subtype. */
  private static @Nullable Method factory(Class<?> type) {
    List<Method> exact = factories(type, returned -> returned == type);
    List<Method> found = exact.isEmpty() ? factories(type, type::isAssignableFrom) : exact;
    return found.size() == 1 ? found.get(0) : null;
  }

  private static List<Method> factories(Class<?> type, Predicate<Class<?>> returns) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method ->
            Modifier.isStatic(method.getModifiers())
                && !Modifier.isPrivate(method.getModifiers())
                && !method.isSynthetic()
                && method.getParameterCount() == 0
                && returns.test(method.getReturnType()))
        .toList();
  }
}
