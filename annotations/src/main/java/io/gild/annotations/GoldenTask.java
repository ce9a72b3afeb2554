package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one question with its expected answer, or a file of such tasks.
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
 *   void refund_policy() { GoldenTests.run("com.acme.SupportAgent", "answer", "(...)", "refund-policy"); }
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
   * is converted to the parameter's type: {@code String}, a primitive or its box, an enum constant,
   * a class that is made of one text, or, written as JSON, a list, map or record.
   *
   * @return one text per parameter
   */
  String[] input() default {};

  /**
   * Returns the turns of a conversation, one text after the other, instead of {@link #input()}.
   *
   * <p>All turns go to one agent, in one session; only its last answer is checked.
   *
   * @return the texts of a conversation, each the one argument of a call; empty for a single call
   */
  String[] turns() default {};

  /**
   * Returns the answer that {@link #validator()} compares with.
   *
   * @return the expected text; for {@code regex}, the pattern
   */
  String expected() default "";

  /**
   * Returns how the answer is compared with {@link #expected()}.
   *
   * @return {@code exact}, {@code contains}, {@code regex}, {@code number}, {@code json}, {@code
   *     json-schema}, {@code similarity}, {@code rouge-l}, {@code levenshtein}, {@code language},
   *     {@code refusal}, {@code no-pii}, {@code judge} or {@code custom}
   */
  String validator() default "exact";

  /**
   * Returns more checks of the answer, in YAML.
   *
   * <pre>{@code
   * checks = {"not: {contains: guarantee}", "latency: 5s", "{judge: It is polite., weight: 2}"}
   * }</pre>
   *
   * @return one check per text, as a file of golden tasks has them
   */
  String[] checks() default {};

  /**
   * Returns the lowest weighted mean of the checks' scores that passes.
   *
   * @return a number from 0 to 1; a negative one, the default, means that each check must pass
   */
  double passScore() default -1;

  /**
   * Returns the lowest score that passes; for {@code similarity}, {@code rouge-l} and {@code
   * levenshtein}.
   *
   * @return a number from 0 to 1
   */
  double threshold() default 0.8;

  /**
   * Returns the class that checks the answer when {@link #validator()} is {@code custom}.
   *
   * @return a class with a public no-argument constructor that implements {@code
   *     io.gild.evaluation.spi.Validator}; {@code void.class} means none
   */
  Class<?> validatorClass() default void.class;

  /**
   * Returns how often the task is run; each run creates its own agent and uses no cache.
   *
   * @return one or more; 0, the default, uses the setting of the run
   */
  int repeats() default 0;

  /**
   * Returns the longest time that an answer may take.
   *
   * @return a duration such as {@code 30s}; empty uses the setting of the run
   */
  String timeout() default "";

  /**
   * Returns what the task is about, for a reader.
   *
   * @return a sentence, or empty
   */
  String description() default "";

  /**
   * Returns the JUnit tags of the generated test.
   *
   * @return tags without white space and without any of {@code , ( ) & | !}
   */
  String[] tags() default {};

  /**
   * Returns the file that contains the tasks, instead of this one.
   *
   * @return a path of a YAML, JSONL or CSV file, relative to the resources; empty means none
   */
  String file() default "";
}
