package io.gild.core.spi;

import io.gild.config.Experimental;

/**
 * Carries a thread's ambient context, such as the current span, to the thread that runs an attempt;
 * found by {@link java.util.ServiceLoader}.
 */
@Experimental
public interface ContextCarrier {

  /**
   * Captures the context of the current thread.
   *
   * @return something that installs that context on another thread and returns what removes it
   */
  Captured capture();

  /** A captured context. */
  @FunctionalInterface
  interface Captured {

    /**
     * Installs the context on the current thread.
     *
     * @return removes it again
     */
    Runnable install();
  }
}
