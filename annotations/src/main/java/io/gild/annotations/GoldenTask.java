package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives one question with the answer that is expected of it, or a file of such tasks.
 *
 * <p>From every task the Maven plugin writes an ordinary JUnit test:
 *
 * <pre>{@code
 * // you write
 * @GoldenTask(id = "refund-policy", input = "What is the refund policy?", expected = "30 days",
 *     validator = "contains", tags = "smoke")
 * public String answer(String question) { ... }
 *
 * // the plugin generates, in target/generated-test-sources/gild
 * class SupportAgentGoldenTest {
 *   @Test @DisplayName("refund-policy") @Tag("smoke")
 *   void refund_policy() { GOLDEN.run("answer(java.lang.String)", "refund-policy"); }
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(GoldenTasks.class)
public @interface GoldenTask {

  /**
   * Returns the task's name, unique within its agent.
   *
   * @return letters, digits, dots, dashes and underscores; required unless {@link #file()} is given
   */
  String id() default "";

  /**
   * Returns the arguments of the call, one text per parameter, in order.
   *
   * <p>Parameters marked {@link Model}, {@link Tenant} or {@link Session} may be left out. A text
   * is converted to the parameter's type: {@code String}, a primitive or its box, an enum constant.
   *
   * @return one text per parameter
   */
  String[] input() default {};

  /**
   * Returns the answer that {@link #validator()} compares with.
   *
   * @return the expected text; for {@code regex}, the pattern
   */
  String expected() default "";

  /**
   * Returns how the answer is judged.
   *
   * @return {@code exact}, {@code contains}, {@code regex}, {@code similarity} or {@code custom}
   */
  String validator() default "exact";

  /**
   * Returns the lowest similarity that passes; used by {@code similarity} alone.
   *
   * @return a number from 0 to 1
   */
  double threshold() default 0.8;

  /**
   * Returns the class that judges when {@link #validator()} is {@code custom}.
   *
   * @return a class with a public no-argument constructor that implements {@code
   *     io.gild.evaluation.spi.Validator}; {@code void.class} means none
   */
  Class<?> validatorClass() default void.class;

  /**
   * Returns the JUnit tags of the generated test.
   *
   * @return tags without white space
   */
  String[] tags() default {};

  /**
   * Returns the file that holds more tasks instead of this one.
   *
   * @return a path of a YAML or JSONL file, relative to the resources; empty means none
   */
  String file() default "";
}
