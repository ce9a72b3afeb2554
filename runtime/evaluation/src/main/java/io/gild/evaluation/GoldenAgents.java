package io.gild.evaluation;

import io.gild.config.DeclaredAgent;
import io.gild.evaluation.spi.GoldenAgentProvider;
import io.gild.evaluation.spi.GoldenRun;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
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

  private static Object construct(DeclaredAgent agent, Class<?> type) throws Exception {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() instanceof Exception cause ? cause : thrown;
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException(
          "Agent "
              + agent.type()
              + " cannot be made for its golden tasks. Give it a constructor without parameters, or"
              + " provide a "
              + GoldenAgentProvider.class.getName()
              + ".",
          failure);
    }
  }
}
