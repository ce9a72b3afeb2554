package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Receives the memories that fit the prompt, the best first: a {@code List<String>}, or a {@code
 * String} with one memory a line. The caller may pass {@code null}: Gild fills it in.
 *
 * <pre>{@code
 * @Remember
 * public String answer(@Tenant String customer, @Prompt String question, @Recall List<String> known) { ... }
 * }</pre>
 *
 * <p>Only memories of the same tenant and of this agent, or of all agents, are found.
 */
@Policy(key = "recall", artifact = "io.gild:gild-memory", type = "io.gild.memory.RecallPolicy")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Recall {

  /**
   * Returns the most memories.
   *
   * @return at least 1
   */
  int limit() default 5;

  /**
   * Returns the kind of the memories.
   *
   * @return a name; empty for all kinds
   */
  String kind() default "";

  /**
   * Returns the least score.
   *
   * @return zero or more; zero for no limit
   */
  double threshold() default 0;
}
