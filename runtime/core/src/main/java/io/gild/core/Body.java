package io.gild.core;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/** The governed method's own code. */
@Experimental
@FunctionalInterface
public interface Body {

  /**
   * Runs the method once.
   *
   * @param arguments the arguments, possibly rewritten by a policy
   * @return what the method returned, {@code null} for {@code void}
   * @throws Throwable what the method throws
   */
  @Nullable Object run(@Nullable Object[] arguments) throws Throwable;
}
