package io.gild.core.spi;

import io.gild.core.AgentCall;
import io.gild.core.HttpAttempt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hears of governed calls; found by {@link java.util.ServiceLoader} or given to the runtime.
 *
 * <p>It runs on the caller's thread and must be quick. What it throws is logged once and ignored.
 */
public interface CallListener {

  /**
   * Hears that a call is over.
   *
   * @param call the call, with its result or failure, attempts, tokens and money; not to be kept
   */
  default void onCallCompleted(AgentCall call) {}

  /**
   * Hears that a physical request to a model goes out.
   *
   * @param attempt the request
   * @return hears the end of the same request, possibly on another thread; {@code null} if no one
   *     wants to
   */
  default @Nullable Consumer<HttpAttempt> onHttpAttempt(HttpAttempt attempt) {
    return null;
  }
}
