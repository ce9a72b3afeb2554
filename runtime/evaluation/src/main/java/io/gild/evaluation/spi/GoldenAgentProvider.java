package io.gild.evaluation.spi;

import java.util.Optional;

/**
 * Makes the agents that golden tasks call, where a constructor without parameters is not enough;
 * found by {@link java.util.ServiceLoader}, in the order of the class path. With Spring or CDI it
 * asks the application's container.
 */
public interface GoldenAgentProvider {

  /**
   * Makes an agent, as {@code @BeforeEach} would: each run of a task asks for one.
   *
   * @param type the class or interface that the golden tasks stand on
   * @param run what the agent is made for
   * @param <T> that class
   * @return an agent, or empty if this provider does not know the class
   * @throws Exception if it cannot be made, which costs this run only
   */
  <T> Optional<T> agent(Class<T> type, GoldenRun run) throws Exception;

  /**
   * Hears that a run is over, as {@code @AfterEach} would.
   *
   * @param agent what {@link #agent} made
   * @param run what it was made for
   * @throws Exception if it cannot be ended; told once, and the result stays
   */
  default void release(Object agent, GoldenRun run) throws Exception {
    if (agent instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }
}
