package io.gild.core.spi;

import io.gild.config.Experimental;
import io.gild.core.AgentCall;
import io.gild.core.MethodScope;
import org.jspecify.annotations.Nullable;

/**
 * Checks answers of models before the caller gets them; a cascade goes on with the next model if
 * one is rejected. All that {@link java.util.ServiceLoader} finds are used. Thread-safe.
 */
@Experimental
public interface AnswerVerifier {

  /** Checks the answers of one method. Thread-safe. */
  @FunctionalInterface
  interface Check {

    /**
     * Checks an answer.
     *
     * @param call the call, with its arguments
     * @param prompt the prompt; empty if unknown
     * @param answer the answer as text
     * @return why it is rejected, in a few words without any content; {@code null} if it is
     *     accepted
     */
    @Nullable String reject(AgentCall call, String prompt, String answer);
  }

  /**
   * Makes the check of a method.
   *
   * @param method the method
   * @return the check, or {@code null} if this verifier has none for it
   */
  @Nullable Check of(MethodScope method);
}
