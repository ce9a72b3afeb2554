package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Returns another answer when all attempts failed or the call was refused.
 *
 * <pre>{@code
 * @Fallback(method = "sorry")
 * public String answer(String question) { ... }
 *
 * String sorry(String question, Throwable failure) { return "A colleague will call you back."; }
 * }</pre>
 */
@Policy(
    key = "fallback",
    artifact = "io.gild:gild-reliability",
    type = "io.gild.reliability.FallbackPolicy")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Fallback {

  /**
   * Returns the method of the same class that answers instead.
   *
   * @return the name of a non-private method with the same parameters, or the same parameters and a
   *     final {@link Throwable}, and the same return type; empty means none
   */
  String method() default "";

  /**
   * Returns the constant answer of a method that returns {@link String}.
   *
   * @return the answer; used when {@link #method()} is empty
   */
  String answer() default "";
}
