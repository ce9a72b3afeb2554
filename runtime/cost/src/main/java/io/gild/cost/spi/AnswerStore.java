package io.gild.cost.spi;

import io.gild.config.Experimental;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps cached answers for several JVMs. Thread-safe.
 *
 * <p>All names and answers are opaque: the caller makes digests of the names, and encrypts the
 * answers. A store may lose anything at any time, and must never return what was stored under other
 * names. If it cannot be reached, no method throws or waits for long: the log says so, and each
 * method returns what stands for that.
 *
 * <p>A <em>generation</em> is a text that changes when the answers of its scope are no longer
 * valid. It never returns to an earlier value, not even if the store lost it.
 */
@Experimental
public interface AnswerStore extends AutoCloseable {

  /**
   * Returns an answer.
   *
   * @param partition the method
   * @param key the question
   * @return the answer; {@code null} if there is none, if its time is over, or if the store cannot
   *     be reached
   */
  @Nullable StoredAnswer get(String partition, String key);

  /**
   * Stores an answer in place of an earlier one. If the store cannot be reached, the answer is not
   * stored.
   *
   * @param partition the method
   * @param key the question
   * @param content the answer; the store must not change the bytes
   * @param ttl how long it stays; at least a millisecond
   */
  void put(String partition, String key, byte[] content, Duration ttl);

  /**
   * Returns the generation of a scope; the first request makes it.
   *
   * @param scope a method, or a tag of answers
   * @return the generation; {@code null} if the store cannot be reached
   */
  @Nullable String generation(String scope);

  /**
   * Gives a scope another generation.
   *
   * @param scope a method, or a tag of answers
   * @return the new generation; {@code null} if the store cannot be reached
   */
  @Nullable String renew(String scope);

  /** Ends the use of the store; the answers stay. */
  @Override
  void close();
}
