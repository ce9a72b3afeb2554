package io.gild.reliability;

/**
 * Answers in another way when all attempts failed.
 *
 * @param method name of the method of the same class that answers instead; empty means none
 * @param answer constant answer of a method that returns text; used when {@code method} is empty
 */
public record FallbackPolicy(String method, String answer) {

  /** Returns whether there is anything to answer with. */
  boolean answers() {
    return !method.isBlank() || !answer.isBlank();
  }
}
