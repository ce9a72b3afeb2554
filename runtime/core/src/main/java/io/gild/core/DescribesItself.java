package io.gild.core;

import io.gild.config.Experimental;
import java.util.Map;

/**
 * A request that knows its model. It is the last argument of a call, after those of the method, and
 * is queried if the call ends before it reaches the request.
 */
@Experimental
public interface DescribesItself {

  /**
   * Records the model and its provider.
   *
   * @param call the call
   */
  void describe(AgentCall call);

  /**
   * Returns how the request has the model write its answer: numbers, and texts at which the model
   * stops.
   *
   * @return values by the names that follow {@code gen_ai.request.} in the conventions, such as
   *     {@code temperature}; empty if unknown
   */
  default Map<String, Object> parameters() {
    return Map.of();
  }

  /**
   * Returns the request in its provider's own form.
   *
   * @return values of JSON; empty if unknown
   */
  default Map<String, ?> body() {
    return Map.of();
  }

  /**
   * Returns an answer in its provider's own form.
   *
   * @param answer what the method returned
   * @return values of JSON; empty if unknown
   */
  default Map<?, ?> body(Object answer) {
    return Map.of();
  }

  /**
   * Returns what the request consists of: its {@linkplain #body() body}, or else its messages,
   * tools and parameters as the library has them.
   *
   * @return values of JSON; empty if unknown
   */
  default Map<String, ?> content() {
    return body();
  }

  /**
   * Returns what an answer consists of.
   *
   * @param answer what the method returned
   * @return values of JSON; empty if unknown
   */
  default Map<?, ?> content(Object answer) {
    return body(answer);
  }
}
