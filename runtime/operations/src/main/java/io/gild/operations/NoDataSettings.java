package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * What happens while there are too few calls to tell anything.
 *
 * @param deadline how long a step may go on like this; above zero
 * @param then what happens then
 */
@Experimental
public record NoDataSettings(Duration deadline, Undecided then) {

  /** Checks the values. */
  public NoDataSettings {
    Require.positive(deadline, "deadline");
  }
}
