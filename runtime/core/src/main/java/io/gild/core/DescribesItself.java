package io.gild.core;

import io.gild.config.Experimental;

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
}
