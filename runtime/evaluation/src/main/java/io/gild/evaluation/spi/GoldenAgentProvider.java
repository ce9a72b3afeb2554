package io.gild.evaluation.spi;

import java.util.Optional;

/**
 * Makes the agents that golden tests call, where a constructor without parameters is not enough;
 * found by {@link java.util.ServiceLoader}.
 */
public interface GoldenAgentProvider {

  /**
   * Makes an agent.
   *
   * @param type the class that the golden tasks stand on
   * @param <T> that class
   * @return an agent, or empty if this provider does not know the class
   */
  <T> Optional<T> agent(Class<T> type);
}
