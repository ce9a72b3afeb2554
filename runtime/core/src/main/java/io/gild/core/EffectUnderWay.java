package io.gild.core;

/**
 * A side effect that returns a stage was requested again while the same effect of an earlier
 * attempt still runs: it must not run twice, and its result is not available yet.
 */
public final class EffectUnderWay extends CallRefused {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the refusal.
   *
   * @param agent name of the agent
   * @param method name of the method with the side effect
   */
  public EffectUnderWay(String agent, String method) {
    super(
        agent,
        "Agent "
            + agent
            + ": the side effect "
            + method
            + " of an earlier attempt still runs, and must not run twice");
  }
}
