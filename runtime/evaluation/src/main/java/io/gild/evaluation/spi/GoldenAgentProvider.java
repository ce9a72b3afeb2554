package io.gild.evaluation.spi;

import java.util.Optional;

/**
 * Makes the agents that golden tasks call, where a constructor without parameters is not enough;
 * found by {@link java.util.ServiceLoader}, in the order of the class path. With Spring or CDI, a
 * provider gets the agent from the application's container.
 */
public interface GoldenAgentProvider {

  /**
   * Makes an agent, as {@code @BeforeEach} would; called for each run of a task.
   *
   * @param type the class or interface that declares the golden tasks
   * @param run the run that needs the agent
   * @param <T> that class
   * @return an agent, or empty if this provider does not know the class
   * @throws Exception if it cannot be made, which fails only this run
   */
  <T> Optional<T> agent(Class<T> type, GoldenRun run) throws Exception;

  /**
   * Is notified that a run is over, as {@code @AfterEach} would be.
   *
   * @param agent the agent that {@link #agent} made
   * @param run the run that it was made for
   * @throws Exception if it cannot be ended; logged once, and the result is kept
   */
  default void release(Object agent, GoldenRun run) throws Exception {
    if (agent instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }
}
