package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A step of a workflow: a method of an {@link #agent()}, a remote agent at a {@link #url()}, the
 * best of the peers that bid at a {@link #topic()}, or another {@link #workflow()} of the same
 * interface. Exactly one of them is set.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface WorkflowStep {

  /**
   * Returns the name of the step.
   *
   * @return letters, digits, dots, dashes and underscores, unique in its pattern; empty means the
   *     name of the method or of the workflow. A step with a URL or a topic needs one.
   */
  String name() default "";

  /**
   * Returns the agent: any class or interface, such as an agent of LangChain4j.
   *
   * @return its type; the object is given when the workflows are built
   */
  Class<?> agent() default void.class;

  /**
   * Returns the method of the agent. It takes what the step before returned, or nothing, and may
   * take an {@code io.gild.orchestration.StepContext} after that.
   *
   * @return its name; empty if the agent's type declares one public method only
   */
  String method() default "";

  /**
   * Returns the address of an agent that speaks the Agent2Agent protocol; the step takes and
   * returns a text.
   *
   * @return the address of the agent; empty means none
   */
  String url() default "";

  /**
   * Returns the topic of the broker whose peers bid for the step; the step takes and returns a
   * text.
   *
   * @return the topic; empty means none
   */
  String topic() default "";

  /**
   * Returns the method of the same interface whose workflow is run as a part of this one; its
   * budget and time limit do not apply.
   *
   * @return its name; empty means none
   */
  String workflow() default "";

  /**
   * Returns how often the step runs at most; more than one needs the module reliability.
   *
   * @return 1 or more
   */
  int maxAttempts() default 1;

  /**
   * Returns the longest time of each attempt; needs the module reliability.
   *
   * @return a duration above zero; empty means no limit
   */
  String timeLimit() default "";

  /**
   * Returns the method of the agent that undoes the step if a later one fails or the run is
   * canceled. It takes the result of the step, or its input and its result.
   *
   * @return its name; empty means none
   */
  String compensateBy() default "";

  /**
   * Returns whether the whole step is one side effect: if its JVM is killed while it runs, it is
   * not run again before a person decides.
   *
   * @return {@code true} if it must not be repeated
   */
  boolean sideEffect() default false;

  /**
   * Returns the question that a person must approve before the step begins. The run waits without a
   * thread and fails if the person rejects.
   *
   * @return the question, in which {@code {input}} is the input of the step; empty means none
   */
  String approval() default "";

  /**
   * Returns what the worker of a {@link Supervised} workflow does, for the supervisor.
   *
   * @return a sentence; may be empty
   */
  String description() default "";
}
