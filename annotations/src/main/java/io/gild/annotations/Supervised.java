package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A workflow whose supervisor delegates a task to workers until the task is done. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Supervised {

  /**
   * Returns the supervisor.
   *
   * @return its type; the object is given when the workflows are built
   */
  Class<?> supervisor();

  /**
   * Returns the method of the supervisor. It takes an {@code io.gild.orchestration.Supervision} and
   * returns a {@code Supervision.Next}.
   *
   * @return its name; empty if the type declares one public method only
   */
  String method() default "";

  /**
   * Returns the workers; the supervisor names them by the names of their steps.
   *
   * @return one or more
   */
  WorkflowStep[] workers();

  /**
   * Returns how often the supervisor may delegate.
   *
   * @return 1 or more; the run fails after that
   */
  int mostDelegations() default 10;
}
