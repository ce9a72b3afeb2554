package io.gild.core.spi;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * Makes the stages of one phase; a {@link GildModule} brings it.
 *
 * <p>An absent policy yields {@code null} and costs nothing afterwards.
 */
@Experimental
public interface StageProvider {

  /**
   * Returns the place of these stages.
   *
   * @return the phase
   */
  Phase phase();

  /**
   * Returns the policy that these stages enforce.
   *
   * @return its class; {@code null} if the stages depend on none, in which case those of the phase
   *     {@link Phase#OBSERVE} must only watch
   */
  default @Nullable Class<? extends Record> policy() {
    return null;
  }

  /**
   * Makes the stage of a method.
   *
   * @param context the method, its policies and the runtime
   * @return the stage, or {@code null} if the method needs none
   */
  @Nullable Stage stage(StageContext context);

  /**
   * Makes the runner of a method's attempts; at most one provider may do so.
   *
   * @param context the method, its policies and the runtime
   * @return the runner, or {@code null} to run on the caller's thread
   */
  default @Nullable AttemptRunner runner(StageContext context) {
    return null;
  }
}
