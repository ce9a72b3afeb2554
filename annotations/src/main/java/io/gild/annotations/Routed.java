package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Chooses the model tier of each call, so that easy questions cost little.
 *
 * <p>The chosen model reaches the method through a {@link Model} parameter, and any woven model
 * library by rewriting its request.
 *
 * <pre>{@code
 * @Routed(tiers = {"small", "large"})
 * public String answer(@Prompt String question, @Model String model) { ... }
 * }</pre>
 */
@Policy(key = "route", artifact = "io.gild:gild-cost", type = "io.gild.cost.RoutePolicy")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Routed {

  /** The ways to choose a tier. */
  enum Strategy {
    /** The first tier of {@link Routed#tiers()}, always. */
    FIXED,
    /** A tier by the estimated complexity of the prompt, decided before the call. */
    COMPLEXITY,
    /** The cheapest tier first; the next one when the chosen one fails. */
    CASCADE
  }

  /**
   * Returns how the tier is chosen.
   *
   * @return the strategy
   */
  Strategy strategy() default Strategy.COMPLEXITY;

  /**
   * Returns the tiers to choose from, cheapest first.
   *
   * @return names of configured tiers; empty means all of them ({@code local}, {@code small},
   *     {@code medium}, {@code large})
   */
  String[] tiers() default {};
}
