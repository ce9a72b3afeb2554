package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A workflow whose steps run one after another; each gets the result of the one before. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Pipeline {

  /**
   * Returns the steps.
   *
   * @return one or more
   */
  WorkflowStep[] value();
}
