package io.gild.core.spi;

import io.gild.config.Experimental;
import io.gild.core.McpExchange;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Traces requests of the Model Context Protocol. Thread-safe. */
@Experimental
@FunctionalInterface
public interface McpTracer {

  /**
   * Begins to trace a request on the thread that sends or handles it.
   *
   * @param exchange the request
   * @return receives its end; {@code null} if it is not traced
   */
  @Nullable Traced begin(McpExchange exchange);

  /** A request that is traced. Only its first end counts. */
  @Experimental
  interface Traced {

    /**
     * Writes what the server needs to continue the trace.
     *
     * @param meta takes names and values
     */
    void inject(BiConsumer<String, String> meta);

    /**
     * Makes the request the context of the current thread.
     *
     * @return removes it again
     */
    Runnable enter();

    /**
     * Records that the request is over.
     *
     * @param errorType the code or kind of the error; {@code null} if it succeeded
     */
    void ended(@Nullable String errorType);

    /**
     * Records that the request failed.
     *
     * @param failure the failure
     */
    void failed(Throwable failure);
  }
}
