package io.gild.synchronizers;

import io.gild.core.spi.Clock;
import io.gild.synchronizers.spi.SynchronizerKey;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One wait for a value of an engine. An engine that cannot be reached fails the first time; later
 * it is asked again until the timeout. Used by one thread at a time.
 */
final class Waiting<T> {

  private final SynchronizerKey key;
  private final String id;
  private final Supplier<Answer<T>> attempt;
  private final Duration timeout;
  private final Duration longestPause;
  private final Clock clock;
  private final long deadline;
  private Duration pause = Duration.ZERO;
  private @Nullable SynchronizerException failure;

  Waiting(
      SynchronizerKey key,
      String id,
      Supplier<Answer<T>> attempt,
      Duration timeout,
      Duration longestPause,
      Clock clock) {
    this.key = key;
    this.id = id;
    this.attempt = attempt;
    this.timeout = timeout;
    this.longestPause = longestPause;
    this.clock = clock;
    this.deadline = clock.nanoTime() + Times.nanos(timeout);
  }

  SynchronizerKey key() {
    return key;
  }

  String id() {
    return id;
  }

  /**
   * Asks for the first time.
   *
   * @return the value, or {@code null} if it is not there yet
   * @throws SynchronizerException if the engine cannot be reached
   * @throws TimeoutException if the value is absent and the timeout over
   */
  @Nullable T askFirst() throws TimeoutException {
    return value(attempt.get());
  }

  /**
   * Asks again.
   *
   * @return the value, or {@code null} if it is not there yet
   * @throws SynchronizerException if the engine cannot be reached and the timeout is over
   * @throws TimeoutException if the value is absent and the timeout over
   */
  @Nullable T askAgain() throws TimeoutException {
    Answer<T> answer;
    try {
      answer = attempt.get();
      failure = null;
    } catch (SynchronizerException unreachable) {
      failure = unreachable;
      answer = Answer.notYet(longestPause);
    }
    return value(answer);
  }

  private @Nullable T value(Answer<T> answer) throws TimeoutException {
    pause = answer.retryAfter();
    if (answer.value() == null && deadline - clock.nanoTime() <= 0) {
      if (failure != null) {
        throw failure;
      }
      throw new TimeoutException("Waited for %s for %s".formatted(key, timeout));
    }
    return answer.value();
  }

  /** Returns the nanoseconds after which to ask again; above zero. */
  long pause() {
    Duration wanted = pause.compareTo(longestPause) < 0 ? pause : longestPause;
    return Math.max(1, Math.min(Times.nanos(wanted), deadline - clock.nanoTime()));
  }
}
