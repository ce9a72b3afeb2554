package io.gild.versions;

import io.gild.config.Experimental;

/**
 * Compares the answers of two versions to the same call. It runs on the threads of shadows, several
 * at once; a failure is logged once and ignored.
 */
@Experimental
@FunctionalInterface
public interface ShadowListener {

  /**
   * Is notified that both versions have answered.
   *
   * @param result both answers
   */
  void compared(ShadowResult result);
}
