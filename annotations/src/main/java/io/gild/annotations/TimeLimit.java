package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Bounds each attempt in time.
 *
 * <p>The attempt runs on another thread and is interrupted when its time is up. A {@code
 * synchronized} method, and one whose caller holds its object's monitor, stays on the caller's
 * thread and is not bounded; one line in the log says so.
 *
 * <p>An interrupt of the caller interrupts the attempt, and ends as the method decides.
 *
 * <pre>{@code
 * @TimeLimit(timeoutDuration = "20s")
 * public String answer(String question) { ... }
 * }</pre>
 */
@Policy(
    key = "time-limit",
    artifact = "io.gild:gild-reliability",
    type = "io.gild.reliability.TimeLimitPolicy")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TimeLimit {

  /**
   * Returns the time of one attempt.
   *
   * @return a duration above zero
   */
  String timeoutDuration() default "60s";

  /**
   * Returns whether the running attempt is interrupted when its time is up.
   *
   * @return {@code true} to interrupt
   */
  boolean cancelRunningFuture() default true;
}
