package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Remembers prompt and answer of each call that succeeds: in the session of the call, and the
 * prompt beyond it.
 *
 * <pre>{@code
 * @Remember
 * public String answer(@Tenant String customer, @Session String id, @Prompt String question) { ... }
 * }</pre>
 */
@Policy(key = "remember", artifact = "io.gild:gild-memory", type = "io.gild.memory.RememberPolicy")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Remember {

  /**
   * Returns whether prompt and answer are appended to the session of the call.
   *
   * @return {@code false} to leave the session as it is
   */
  boolean session() default true;

  /**
   * Returns whether the prompt is remembered beyond the session.
   *
   * @return {@code false} to remember it in the session alone
   */
  boolean longTerm() default true;

  /**
   * Returns the kind of the memory.
   *
   * @return a name, by which it can be recalled
   */
  String kind() default "message";

  /**
   * Returns the importance of the memory.
   *
   * @return 0 to 1
   */
  double importance() default 0.5;
}
