package io.gild.core.spi;

import io.gild.config.Experimental;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the results of side effects longer than a call, so that work that is repeated after a
 * failure of the JVM gets them again.
 *
 * <p>Work that has a journal asks it before each side effect that is about to run. Implementations
 * are thread-safe.
 */
@Experimental
public interface EffectJournal {

  /** A side effect that is about to run. */
  interface Entry {

    /**
     * Returns whether the effect has its result already.
     *
     * @return {@code true} if the effect must not run
     */
    boolean isFinished();

    /**
     * Returns the result of an effect that is finished.
     *
     * @return the result, {@code null} for {@code void}
     */
    @Nullable Object result();

    /**
     * Records that the effect ran; returns when that is stored.
     *
     * @param result its result
     */
    void finished(@Nullable Object result);

    /** Records that the effect failed, so that it may run again. */
    void failed();
  }

  /**
   * Records that an effect is about to run.
   *
   * <p>Two equal effects are two effects: results are given in the order in which they were
   * recorded.
   *
   * @param method class, name and descriptor of the method
   * @param arguments its arguments
   * @return the entry
   * @throws RuntimeException if the effect must not run, because it may have run already
   */
  Entry begin(String method, List<@Nullable Object> arguments);
}
