package io.gild.core.spi;

import io.gild.config.Experimental;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

  /**
   * Writes what another process needs to continue the context of the current thread.
   *
   * @param headers takes names and values
   */
  default void inject(BiConsumer<String, String> headers) {}

  /**
   * Reads what another process has written.
   *
   * @param headers returns the value of a header, or {@code null}
   * @return installs that context, or {@code null} if there is none
   */
  default @Nullable Captured extract(Function<String, @Nullable String> headers) {
    return null;
  }

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
