package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a method for other agents: a skill in the card of its agent, which {@code gild serve}
 * offers by the Agent2Agent protocol.
 *
 * <pre>{@code
 * // you write                                          // Gild generates
 * @Agent(name = "support", description = "...")         META-INF/gild/cards/com.acme.SupportAgent.json
 * public class SupportAgent {                           {"name": "support", "skills": [
 *   @Skill(description = "Answers questions on orders",   {"id": "answer", "tags": ["orders"], ...}]}
 *          tags = "orders")
 *   public String answer(String question) { ... }
 * }
 * }</pre>
 *
 * <p>A message to the skill is the prompt of the method if it is a text, and its arguments by name
 * if it is JSON.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Skill {

  /**
   * Returns the identifier of the skill.
   *
   * @return letters, digits, dots, dashes and underscores, unique in the agent; empty means the
   *     name of the method
   */
  String id() default "";

  /**
   * Returns the name for people.
   *
   * @return any text; empty means the identifier
   */
  String name() default "";

  /**
   * Returns what the skill does, so that other agents can choose it.
   *
   * @return a sentence or two; not blank
   */
  String description();

  /**
   * Returns words by which the skill is found.
   *
   * @return words; empty means the name of the agent
   */
  String[] tags() default {};

  /**
   * Returns examples of messages.
   *
   * @return texts; empty means the inputs of the method's golden tasks
   */
  String[] examples() default {};

  /**
   * Returns the media types that the skill accepts.
   *
   * @return media types; empty means {@code text/plain} if the method has a prompt, and {@code
   *     application/json}
   */
  String[] inputModes() default {};

  /**
   * Returns the media types that the skill returns.
   *
   * @return media types; empty means {@code text/plain} for texts and {@code application/json} for
   *     all others
   */
  String[] outputModes() default {};
}
