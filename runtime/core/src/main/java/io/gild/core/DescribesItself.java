package io.gild.core;

/**
 * A request that knows which model it asks. As the last argument of a call, behind those that the
 * method has, it is asked when the call ends before it came to the request.
 */
public interface DescribesItself {

  /**
   * Records the model and who serves it.
   *
   * @param call the call
   */
  void describe(AgentCall call);
}
