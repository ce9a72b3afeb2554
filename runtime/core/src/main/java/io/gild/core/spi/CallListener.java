package io.gild.core.spi;

import io.gild.config.Experimental;
import io.gild.core.AgentCall;
import io.gild.core.HttpAttempt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Is notified of governed calls; found by {@link java.util.ServiceLoader} or given to the runtime.
 *
 * <p>It runs on the caller's thread and must be quick. An exception of a listener is logged once
 * and ignored.
 */
@Experimental
public interface CallListener {

  /**
   * Is notified when a call is over.
   *
   * @param call the call, with its result or failure, attempts, tokens and money; not to be kept
   */
  default void onCallCompleted(AgentCall call) {}

  /**
   * Is notified when a physical request to a model is sent.
   *
   * @param attempt the request
   * @return is notified of the end of the same request, possibly on another thread; {@code null} if
   *     not needed
   */
  default @Nullable Consumer<HttpAttempt> onHttpAttempt(HttpAttempt attempt) {
    return null;
  }
}
