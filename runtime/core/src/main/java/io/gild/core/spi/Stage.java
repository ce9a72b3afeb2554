package io.gild.core.spi;

import io.gild.config.Experimental;
import io.gild.core.AgentCall;

/**
 * One policy's part in the calls of one method.
 *
 * <p>One instance serves all calls of its method and must be thread-safe; the state of a single
 * call goes into that call's {@linkplain AgentCall#slot(int) slot}. If a stage throws anything but
 * a {@link io.gild.core.CallRefused}, the fault is logged once and the call continues as if the
 * stage were absent.
 */
@Experimental
public abstract class Stage {

  /** Creates a stage. */
  protected Stage() {}

  /**
   * Runs before the inner stages.
   *
   * @param call the call
   * @return {@code true} to go on; {@code false} if this stage {@linkplain AgentCall#settle
   *     settled} the call, in which case its own {@link #exit} is not run
   * @throws io.gild.core.CallRefused to refuse the call
   */
  public boolean enter(AgentCall call) {
    return true;
  }

  /**
   * Runs after the inner stages, if {@link #enter} returned {@code true}.
   *
   * @param call the call, which has a result or a {@linkplain AgentCall#failure() failure}
   * @return {@code true} to run the inner stages again, after {@linkplain AgentCall#waitFor the
   *     wait} that was requested
   */
  public boolean exit(AgentCall call) {
    return false;
  }
}
