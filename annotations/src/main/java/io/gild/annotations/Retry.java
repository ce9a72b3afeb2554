package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Calls again after a failure, with exponential and randomized waits.
 *
 * <p>The names are those of Resilience4j's retry. If an attempt already ran a method marked {@link
 * SideEffect}, later attempts do not run it again but get the recorded result.
 *
 * <pre>{@code
 * @Retry(maxAttempts = 4, waitDuration = "200ms")
 * public String answer(String question) { ... }
 * }</pre>
 */
@Policy(
    key = "retry",
    artifact = "io.gild:gild-reliability",
    type = "io.gild.reliability.RetryPolicy")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Retry {

  /**
   * Returns the number of attempts, the first included.
   *
   * @return at least 1
   */
  int maxAttempts() default 3;

  /**
   * Returns the wait before the second attempt.
   *
   * @return a duration, zero or more
   */
  String waitDuration() default "200ms";

  /**
   * Returns the factor by which each wait exceeds the one before.
   *
   * @return at least 1
   */
  double multiplier() default 2;

  /**
   * Returns the longest wait.
   *
   * @return a duration, zero or more
   */
  String maxWaitDuration() default "10s";

  /**
   * Returns the share by which a wait is randomized, up and down.
   *
   * @return from 0 to less than 1
   */
  double randomizedWaitFactor() default 0.5;

  /**
   * Returns the exceptions worth another attempt.
   *
   * @return exception types, subtypes included; empty means every {@link Exception} that is not
   *     known to be permanent (such as a refused key or a malformed request)
   */
  Class<? extends Throwable>[] retryExceptions() default {};

  /**
   * Returns the exceptions that are final, even if {@link #retryExceptions()} names them.
   *
   * @return exception types, subtypes included
   */
  Class<? extends Throwable>[] ignoreExceptions() default {};
}
