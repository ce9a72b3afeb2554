package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Bounds how many calls run at once.
 *
 * <pre>{@code
 * @Bulkhead(maxConcurrentCalls = 8, maxWaitDuration = "500ms")
 * public String answer(String question) { ... }
 * }</pre>
 */
@Policy(
    key = "bulkhead",
    artifact = "io.gild:gild-reliability",
    type = "io.gild.reliability.BulkheadPolicy")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Bulkhead {

  /** Where calls are counted. */
  enum Scope {
    /** In each JVM, for the method alone. */
    LOCAL,
    /**
     * In all JVMs that use the same engine of {@code synchronizers}; needs {@code
     * io.gild:gild-synchronizers}. While the engine cannot be reached, each JVM counts by itself.
     */
    SHARED
  }

  /**
   * Returns the number of calls that may run at once.
   *
   * @return at least 1
   */
  int maxConcurrentCalls() default 25;

  /**
   * Returns how long a caller waits for a free place.
   *
   * @return a duration, zero or more
   */
  String maxWaitDuration() default "0s";

  /**
   * Returns where calls are counted.
   *
   * @return the scope
   */
  Scope scope() default Scope.LOCAL;

  /**
   * Returns the name of the places that JVMs share; methods with one name share their places.
   *
   * @return a name; empty for the agent and the method, in which case overloads share their places
   */
  String name() default "";
}
