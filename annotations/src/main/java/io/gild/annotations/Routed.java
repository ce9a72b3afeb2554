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
@Policy(key = "route", artifact = "io.gild:gild-routing", type = "io.gild.routing.RoutePolicy")
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
    /** The first tier whose answer is likely to be good, by what earlier answers taught. */
    LEARNED,
    /** The cheapest one of the tiers whose answer is likely to be good, by price and tokens. */
    COST,
    /** The fastest one of the tiers whose answer is likely to be good. */
    LATENCY,
    /**
     * A cheap tier first; the next one when its answer is rejected by the golden tasks' checks, by
     * a {@link Routed#verifier() verifier} or by those that Gild has, or when it fails.
     */
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

  /**
   * Returns the class that checks the answers of a cascade: a {@link java.util.function.BiFunction}
   * of prompt and answer with a public constructor, which returns why an answer is rejected, or
   * {@code null}.
   *
   * @return the class; {@code void} for the checks that Gild has
   */
  Class<?> verifier() default void.class;

  /**
   * Returns the lowest probability of a good answer at which a tier is chosen by the strategies
   * that learn.
   *
   * @return above 0, below 1
   */
  double minQuality() default 0.9;
}
