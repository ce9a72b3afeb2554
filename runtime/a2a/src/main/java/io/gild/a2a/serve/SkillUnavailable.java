package io.gild.a2a.serve;

import io.gild.config.Experimental;

/** Nothing answers the messages of a skill at present. */
@Experimental
public final class SkillUnavailable extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the reason, in words for the client
   */
  public SkillUnavailable(String message) {
    super(message);
  }
}
