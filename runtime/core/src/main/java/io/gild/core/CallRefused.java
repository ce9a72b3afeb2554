package io.gild.core;

/**
 * A policy refused a call before its method ran.
 *
 * <p>It carries no stack trace: refusing must stay cheap when everything else is failing.
 */
public abstract class CallRefused extends GildException {

  private static final long serialVersionUID = 1L;

  private final String agent;

  /**
   * Creates a refusal.
   *
   * @param agent name of the agent whose call was refused
   * @param message subject, rule, value, remedy
   */
  protected CallRefused(String agent, String message) {
    super(message, null, false);
    this.agent = agent;
  }

  /**
   * Returns the agent whose call was refused.
   *
   * @return the agent's name
   */
  public String agent() {
    return agent;
  }
}
