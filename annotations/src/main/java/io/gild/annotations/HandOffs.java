package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A workflow whose agents pass a conversation among each other until one of them ends it. Each
 * returns an {@code io.gild.orchestration.HandOff}, which names the step that takes over.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface HandOffs {

  /**
   * Returns the agents.
   *
   * @return one or more; the first one begins
   */
  WorkflowStep[] value();

  /**
   * Returns the most turns.
   *
   * @return 1 or more; the run fails after that
   */
  int mostTurns() default 10;
}
