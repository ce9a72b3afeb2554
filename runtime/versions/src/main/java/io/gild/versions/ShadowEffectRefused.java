package io.gild.versions;

import io.gild.config.Experimental;
import io.gild.core.CallRefused;
import java.io.Serial;

/**
 * A shadow asked for a side effect that the present version has not run with the same arguments, so
 * that there is no result to give it.
 */
@Experimental
public final class ShadowEffectRefused extends CallRefused {

  @Serial private static final long serialVersionUID = 1L;

  ShadowEffectRefused(String agent, String method) {
    super(
        agent,
        "Agent "
            + agent
            + ": a shadow asked for the side effect "
            + method
            + ", which the present version has not run with these arguments; shadows run no side"
            + " effects");
  }
}
