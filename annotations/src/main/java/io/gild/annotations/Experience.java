package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Receives the finished tasks of this agent that help most with the prompt, failures among them as
 * warnings: a {@code List<String>}, or a {@code String} with one after the other. The caller may
 * pass {@code null}: Gild fills it in. What the method does is kept as an experience afterwards.
 *
 * <pre>{@code
 * public String answer(@Prompt String question, @Experience List<String> examples) { ... }
 * }</pre>
 */
@Policy(
    key = "experience",
    artifact = "io.gild:gild-memory",
    type = "io.gild.memory.ExperiencePolicy")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Experience {

  /**
   * Returns the most experiences.
   *
   * @return at least 1
   */
  int limit() default 3;
}
