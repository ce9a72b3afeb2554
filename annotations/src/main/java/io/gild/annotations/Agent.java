package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names an agent: a class or interface with governed methods.
 *
 * <p>Optional. Without it an agent has the simple name of its class.
 *
 * <pre>{@code
 * // you write                                  // Gild generates, beside it
 * @Agent(name = "support")                      public class SupportAgent_Gild extends SupportAgent {
 * public class SupportAgent {                     public static SupportAgent gilded() { ... }
 *   @Cached(ttl = "1h")                           @Override public String answer(String question) { ... }
 *   public String answer(String question) {..}  }
 * }                                             META-INF/gild/agents/com.acme.SupportAgent.json
 *
 * SupportAgent agent = SupportAgent_Gild.gilded(); // calls of its own methods are governed, too
 * }</pre>
 *
 * <p>The factory {@code gilded} has the parameters of each constructor. For an interface the
 * generated class is a decorator, and {@code gilded(delegate)} governs any implementation.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Agent {

  /**
   * Returns the name used in configuration, telemetry and reports ({@code gen_ai.agent.name}).
   *
   * @return a name of letters, digits, dots, dashes and underscores; empty means the simple name of
   *     the class
   */
  String name() default "";

  /**
   * Returns the version under which the agent is rolled out and compared.
   *
   * @return any text; empty means unversioned
   */
  String version() default "";

  /**
   * Returns one sentence on what the agent does ({@code gen_ai.agent.description}).
   *
   * @return any text; empty means none
   */
  String description() default "";
}
