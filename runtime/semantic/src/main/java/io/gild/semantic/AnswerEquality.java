package io.gild.semantic;

import io.gild.config.Experimental;

/**
 * Decides whether two answers say the same, so that one may stand for the other. Where it is
 * unsure, it returns {@code false}: the cache then repeats fewer answers. Thread-safe.
 *
 * @param <V> type of the answers
 */
@FunctionalInterface
@Experimental
public interface AnswerEquality<V> {

  /**
   * Compares two answers.
   *
   * @param one an answer
   * @param other another one
   * @return whether they say the same
   */
  boolean equal(V one, V other);

  /**
   * Returns an equality that also accepts what another one accepts.
   *
   * @param other asked where this one returns {@code false}
   * @return the combined equality
   */
  default AnswerEquality<V> or(AnswerEquality<? super V> other) {
    return (one, two) -> equal(one, two) || other.equal(one, two);
  }
}
