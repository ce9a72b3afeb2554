package io.gild.core.spi;

import io.gild.config.Experimental;
import io.gild.core.ChosenVersion;
import io.gild.core.GovernedMethod;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which version of a governed method answers a call. A runtime has at most one, and only
 * while a new version is being rolled out.
 *
 * <p>It is asked on the caller's thread and must be quick and thread-safe. If it fails, the fault
 * is logged once and the method itself answers.
 */
@Experimental
public interface VersionChoice {

  /**
   * Returns whether another version may answer calls of a method that begin on this thread now.
   *
   * @param method the method
   * @return {@code true} if calls have to be made as a whole
   */
  boolean concerns(GovernedMethod method);

  /**
   * Returns whether a method is the code of a version whose call this thread is in, so that it must
   * not be governed a second time.
   *
   * @param method the method
   * @return {@code true} if the method runs directly
   */
  boolean isInside(GovernedMethod method);

  /**
   * Chooses the version that answers a call.
   *
   * @param method the method
   * @param self the object, or {@code null} for a static method
   * @param arguments the caller's arguments; not to be changed
   * @return the version, or {@code null} if the choice does not concern the method
   */
  @Nullable ChosenVersion choose(
      GovernedMethod method, @Nullable Object self, @Nullable Object[] arguments);
}
