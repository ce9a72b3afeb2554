package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A workflow whose steps run at the same time with the same input. If fewer than the {@link
 * #needed()} ones can succeed, the others are canceled and the run fails.
 *
 * <pre>{@code
 * @Parallel(value = {@WorkflowStep(agent = Web.class), @WorkflowStep(agent = Archive.class)}, join = "merge")
 * Report search(String topic);
 *
 * static Report merge(List<Finding> findings) { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Parallel {

  /** The value of {@link #needed()} with which the first result wins. */
  int ANY = 1;

  /** The value of {@link #needed()} with which all steps must succeed. */
  int ALL = 0;

  /**
   * Returns the steps.
   *
   * @return one or more
   */
  WorkflowStep[] value();

  /**
   * Returns how many steps must succeed; the rest is canceled then.
   *
   * @return {@link #ALL}, {@link #ANY}, or another number, at most that of the steps
   */
  int needed() default ALL;

  /**
   * Returns the static method of the interface that makes one result of those of the steps that
   * succeeded, in their order. Its result must depend on them alone.
   *
   * @return the name of a method with one parameter, a list; empty means that the list is the
   *     result
   */
  String join() default "";
}
