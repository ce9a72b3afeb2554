package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Bounds how many calls start per period.
 *
 * <pre>{@code
 * @RateLimit(limitForPeriod = 60, limitRefreshPeriod = "1m")
 * public String answer(String question) { ... }
 * }</pre>
 */
@Policy(
    key = "rate-limit",
    artifact = "io.gild:gild-reliability",
    type = "io.gild.reliability.RateLimitPolicy")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RateLimit {

  /**
   * Returns how many calls may start in one period.
   *
   * @return at least 1
   */
  int limitForPeriod() default 50;

  /**
   * Returns the length of a period.
   *
   * @return a duration above zero
   */
  String limitRefreshPeriod() default "1s";

  /**
   * Returns how long a caller waits for its turn.
   *
   * @return a duration, zero or more
   */
  String timeoutDuration() default "5s";
}
