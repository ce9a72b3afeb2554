package io.gild.evaluation;

import io.gild.evaluation.spi.GoldenAgentProvider;
import java.lang.reflect.Constructor;
import java.util.Optional;
import java.util.ServiceLoader;

/** Makes the agents that golden tests call. */
final class GoldenAgents {

  private GoldenAgents() {}

  static Object create(GoldenAgent agent, ClassLoader loader) {
    try {
      Class<?> type = loader.loadClass(agent.className());
      for (GoldenAgentProvider provider : ServiceLoader.load(GoldenAgentProvider.class, loader)) {
        Optional<?> made = provider.agent(type);
        if (made.isPresent()) {
          return made.get();
        }
      }
      String wrapper = agent.wrapper();
      Constructor<?> constructor =
          (wrapper == null ? type : loader.loadClass(wrapper)).getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException(
          "Agent "
              + agent.className()
              + " cannot be made for its golden tests. Give it a constructor without parameters, or"
              + " provide a "
              + GoldenAgentProvider.class.getName()
              + ".",
          failure);
    }
  }
}
