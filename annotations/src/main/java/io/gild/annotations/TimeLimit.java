package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits the time of each attempt.
 *
 * <p>The attempt runs on another thread and is interrupted at the timeout. A {@code synchronized}
 * method, and one whose caller holds its object's monitor, stays on the caller's thread without a
 * limit; one line in the log reports this.
 *
 * <p>An interrupt of the caller interrupts the attempt; the method decides how to handle it.
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
   * Returns whether the running attempt is interrupted at the timeout.
   *
   * @return {@code true} to interrupt
   */
  boolean cancelRunningFuture() default true;
}
