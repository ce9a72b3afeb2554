package io.gild.evaluation;

import io.gild.config.DeclaredAgent;
import io.gild.evaluation.spi.GoldenAgentProvider;
import io.gild.evaluation.spi.GoldenRun;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Makes the agents that golden tasks call. */
final class GoldenAgents {

  /** An agent, and who made it. */
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

  GoldenAgents(ClassLoader loader) {
    this.loader = loader;
    ServiceLoader.load(GoldenAgentProvider.class, loader).forEach(providers::add);
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
    return new Made(construct(agent, wrapper == null ? type : loader.loadClass(wrapper)), null);
  }

  /**
   * Calls the constructor without parameters, or else the one static method that makes an agent.
   */
  private static Object construct(DeclaredAgent agent, Class<?> type) throws Exception {
    try {
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        if (constructor.getParameterCount() == 0) {
          constructor.setAccessible(true);
          return constructor.newInstance();
        }
      }
      List<Method> factories = factories(type);
      if (factories.size() == 1) {
        factories.get(0).setAccessible(true);
        return factories.get(0).invoke(null);
      }
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() instanceof Exception cause ? cause : thrown;
    } catch (ReflectiveOperationException | RuntimeException failure) {
      throw new IllegalStateException(agent.type() + " cannot be instantiated", failure);
    }
    throw new IllegalStateException(
        "agent "
            + agent.type()
            + " has neither a constructor without parameters nor one static method that returns it."
            + " Give it one, or provide a "
            + GoldenAgentProvider.class.getName());
  }

  private static List<Method> factories(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method ->
            Modifier.isStatic(method.getModifiers())
                && !Modifier.isPrivate(method.getModifiers())
                && method.getParameterCount() == 0
                && method.getReturnType() == type)
        .toList();
  }
}
