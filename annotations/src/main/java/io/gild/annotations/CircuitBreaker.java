package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stops calling an agent that keeps failing, and tries it again after a while.
 *
 * <p>The names are those of Resilience4j's circuit breaker. One breaker is shared by all calls of
 * the method.
 *
 * <pre>{@code
 * // you write                               // Gild generates
 * @CircuitBreaker                            @Override public String answer(String question) {
 * public String answer(String question) {      AgentCall call = ANSWER.begin(this, question);
 *   ...                                         while (call.proceed()) {
 * }                                               try { call.returned(super.answer(question)); }
 *                                                 catch (Throwable failure) { call.threw(failure); }
 *                                               }
 *                                               return (String) call.result();
 *                                             }
 * }</pre>
 */
@Policy(
    key = "circuit-breaker",
    artifact = "io.gild:gild-reliability",
    type = "io.gild.reliability.CircuitBreakerPolicy")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CircuitBreaker {

  /**
   * Returns the share of failed calls that opens the breaker.
   *
   * @return percent, above 0 and at most 100
   */
  float failureRateThreshold() default 50;

  /**
   * Returns how many of the last calls the failure rate is computed from.
   *
   * @return at least 1
   */
  int slidingWindowSize() default 100;

  /**
   * Returns how many calls are needed before the failure rate is computed.
   *
   * @return at least 1
   */
  int minimumNumberOfCalls() default 10;

  /**
   * Returns how long the breaker stays open before it lets trial calls pass.
   *
   * @return a duration above zero
   */
  String waitDurationInOpenState() default "30s";

  /**
   * Returns how many trial calls pass while half open.
   *
   * @return at least 1
   */
  int permittedNumberOfCallsInHalfOpenState() default 5;

  /**
   * Returns exceptions that count neither as failure nor as success.
   *
   * @return exception types, subtypes included
   */
  Class<? extends Throwable>[] ignoreExceptions() default {};
}
