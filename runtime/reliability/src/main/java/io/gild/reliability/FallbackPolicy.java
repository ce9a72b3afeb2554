package io.gild.reliability;

import io.gild.config.Experimental;

/**
 * Provides another answer when all attempts failed.
 *
 * @param method name of the fallback method in the same class; empty means none
 * @param answer constant answer of a method that returns text; used when {@code method} is empty
 */
@Experimental
public record FallbackPolicy(String method, String answer) {

  /** Returns whether there is a fallback. */
  boolean answers() {
    return !method.isBlank() || !answer.isBlank();
  }
}
