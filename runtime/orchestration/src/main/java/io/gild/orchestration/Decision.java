package io.gild.orchestration;

import io.gild.config.Experimental;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person decided about a run that waits.
 *
 * @param approved whether the run goes on; for a side effect in doubt, whether it is taken as done
 * @param by who decided
 * @param comment why; may be empty
 * @param at when
 */
@Experimental
public record Decision(boolean approved, String by, String comment, @Nullable Instant at) {

  /** Checks the name. */
  public Decision {
    if (by.isBlank()) {
      throw new IllegalArgumentException("by must name who decided, but is blank");
    }
  }

  /**
   * Approves.
   *
   * @param by who decided
   * @return the decision
   */
  public static Decision approve(String by) {
    return new Decision(true, by, "", null);
  }

  /**
   * Rejects.
   *
   * @param by who decided
   * @param comment why
   * @return the decision
   */
  public static Decision reject(String by, String comment) {
    return new Decision(false, by, comment, null);
  }

  Decision at(Instant when) {
    return at == null ? new Decision(approved, by, comment, when) : this;
  }

  Instant time() {
    return at == null ? Instant.EPOCH : at;
  }
}
