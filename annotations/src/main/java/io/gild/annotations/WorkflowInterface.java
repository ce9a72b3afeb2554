package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares workflows: each abstract method of the interface is one, and a pattern on the method
 * names its steps.
 *
 * <pre>{@code
 * @WorkflowInterface(name = "article", version = "2")
 * public interface ArticleFlow {
 *   @Pipeline({
 *     @WorkflowStep(agent = Researcher.class, method = "research"),
 *     @WorkflowStep(agent = Writer.class, method = "write", maxAttempts = 3, timeLimit = "1m"),
 *     @WorkflowStep(agent = Reviewer.class, method = "review", approval = "Review this text? {input}")
 *   })
 *   String write(String topic);
 * }
 *
 * ArticleFlow flow =
 *     Workflows.of(ArticleFlow.class).with(researcher, writer, reviewer).on(orchestrator).build();
 * String article = flow.write("gold"); // starts a durable run and waits for its result
 * }</pre>
 *
 * <p>A method has one parameter, the input, or none; one more may be {@code
 * io.gild.orchestration.RunOptions}, which names the run. It returns the result of the run; or
 * {@code WorkflowRun<R>} or {@code CompletionStage<R>}, and then it does not wait. The compiler
 * checks that each step takes what the step before returns.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WorkflowInterface {

  /**
   * Returns the name. The workflow of a method is named {@code name.method}, in records and in
   * {@code gild.yaml}.
   *
   * @return letters, digits, dots, dashes and underscores; empty means the simple name of the
   *     interface
   */
  String name() default "";

  /**
   * Returns the version. A run that is resumed needs the version that it began with; give another
   * one when steps change.
   *
   * @return letters, digits, dots, dashes and underscores
   */
  String version() default "1";

  /**
   * Returns the longest time of a run, waits for people included.
   *
   * @return a duration above zero, such as {@code 2h}; empty means no limit
   */
  String timeLimit() default "";

  /**
   * Returns the most that the model requests of a run may cost together.
   *
   * @return US dollars above zero, such as {@code 0.25}; empty means no limit
   */
  String budget() default "";
}
