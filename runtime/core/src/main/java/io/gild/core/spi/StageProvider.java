package io.gild.core.spi;

import org.jspecify.annotations.Nullable;

/**
 * Makes the stages of one phase; found by {@link java.util.ServiceLoader}.
 *
 * <p>An absent policy yields {@code null} and costs nothing afterwards.
 */
public interface StageProvider {

  /**
   * Returns the place of these stages.
   *
   * @return the phase
   */
  Phase phase();

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
   * @return the runner, or {@code null} to run plainly
   */
  default @Nullable AttemptRunner runner(StageContext context) {
    return null;
  }
}
