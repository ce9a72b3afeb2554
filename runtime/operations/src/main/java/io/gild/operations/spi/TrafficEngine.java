package io.gild.operations.spi;

import io.gild.config.Experimental;
import io.gild.operations.RolloutException;

/**
 * Gives the two versions of a rollout their share of the traffic. One thread at a time calls it.
 *
 * <p>Every method can be repeated: a controller that was killed calls it again after its start.
 */
@Experimental
public interface TrafficEngine extends AutoCloseable {

  /**
   * Returns the name for messages and the audit log.
   *
   * @return such as {@code haproxy agents of /run/haproxy.sock}
   */
  String name();

  /**
   * Checks that both versions exist and that shares can be set; changes nothing.
   *
   * @throws RolloutException if not, with what was found, what was expected and the nearest names
   */
  void check() throws RolloutException;

  /**
   * Sets the new version's share. Calls that run already go on where they are.
   *
   * @param share hundredths of a percent, 0 to 10,000; at 0, no new call reaches the new version,
   *     and at 10,000 none reaches the present one
   * @return what was set
   * @throws RolloutException if it could not be set
   */
  Share set(int share) throws RolloutException;

  /**
   * Returns what the engine is set to now, which can differ from what was set before if a person or
   * another program changed it, or it was restarted.
   *
   * @param wanted the share that should be set
   * @return what is set
   * @throws RolloutException if it cannot be found out
   */
  Share current(int wanted) throws RolloutException;

  /**
   * Returns how many calls still run at the version that gets no new ones.
   *
   * @param canary whether the new version is asked for
   * @return zero or more; -1 if the engine cannot tell
   * @throws RolloutException if the engine does not answer
   */
  default long running(boolean canary) throws RolloutException {
    return -1;
  }

  @Override
  default void close() {}
}
