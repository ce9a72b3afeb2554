package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A workflow whose steps run one after another, again and again with their own result, until that
 * is accepted; such as writing and reviewing.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Repeated {

  /**
   * Returns the steps.
   *
   * @return one or more; the last one returns what the first one takes
   */
  WorkflowStep[] value();

  /**
   * Returns the static method of the interface that returns whether a result is good enough. It
   * must depend on the result alone.
   *
   * @return the name of a method with one parameter that returns a {@code boolean}
   */
  String until();

  /**
   * Returns the most rounds.
   *
   * @return 1 or more
   */
  int mostRounds() default 5;

  /**
   * Returns whether the last result counts if none was accepted; otherwise the run fails.
   *
   * @return {@code true} to keep it
   */
  boolean keepLast() default false;
}
