package io.gild.orchestration;

import io.gild.config.Experimental;

/**
 * A side effect may have happened: it began in a JVM that was killed, or its step now asks for it
 * with other arguments. It is not run again before a person decides.
 */
@Experimental
public class EffectInDoubt extends OrchestrationException {

  private static final long serialVersionUID = 1L;

  private final String effect;

  EffectInDoubt(String effect, String reason) {
    super("the side effect " + effect + " may have happened: " + reason);
    this.effect = effect;
  }

  /**
   * Returns the side effect.
   *
   * @return its method, or its name in {@link StepContext#effect}
   */
  public String effect() {
    return effect;
  }
}
